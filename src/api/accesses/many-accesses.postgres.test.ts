import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inDays, type Managed, type Staffed, startManaged } from '../../../test/support/management.ts'
import { accessesStatement } from '../../store/accesses/history.ts'

let managed: Managed
let customer: Staffed
beforeAll(async () => {
  managed = await startManaged()
  customer = await managed.staffed('customer', 'North Bakery')
})
afterAll(() => managed.close())

test('with 100,000 accesses, the latest are found by the index, without looking at or sorting the others', async () => {
  const { system, request } = managed.server.database
  await system.rows(sql`
    insert into access (organization_id, minute, reader_id, operation, status, address, company_id, company_name, reader_kind, key_name,
                        first_at, last_at, requests, objects, bytes, lines)
    select ${customer.id}, date_trunc('minute', statement_timestamp()) - make_interval(mins => n / 5), 'poller', 'operation ' || n % 5, 200,
           '10.0.0.1', 'gone', 'Former Partner', 'key', 'Old', statement_timestamp(), statement_timestamp(), 6, 1, 100, 0
      from generate_series(0, 99999) n`)
  await system.rows(sql`analyze access`)
  const [member] = await system.rows<{ id: string }>(sql`select id from member where company_id = ${customer.id} limit 1`)
  const asked = { id: customer.id, memberId: member?.id as string }
  const filter = { from: inDays(-30), to: inDays(1) }
  const place = { minute: inDays(-3), readerId: 'poller', operation: 'operation 2', status: 200, address: '10.0.0.1' }
  for (const after of [null, place]) {
    const plan = await request.rows<Record<string, string>>(sql`explain ${accessesStatement(asked, filter, after, 100)}`)
    const text = plan.map((row) => Object.values(row)[0]).join('\n')
    expect(text).toMatch(/Index Scan Backward using access_organization_id_minute/)
    expect(text).not.toMatch(/Seq Scan on access\b/)
  }
})
