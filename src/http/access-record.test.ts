import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Managed, type Staffed, startManaged } from '../../test/support/management.ts'
import type { Db } from '../store/database.ts'
import { AccessRecord } from './access-record.ts'

let managed: Managed
let customer: Staffed
let partner: Staffed
beforeAll(async () => {
  managed = await startManaged()
  customer = await managed.staffed('customer', 'North Bakery')
  partner = await managed.staffed('partner', 'Acme Power')
})
afterAll(() => managed.close())

const once = { requests: 1, objects: 1, bytes: 10, lines: 0 }

async function recordOn(db: Db, groupsMax?: number): Promise<AccessRecord> {
  const { clock, log } = managed.server.context
  // A minute ago, so that a run that broke off is known to be gone.
  const past = { ...clock, now: () => new Date(Date.now() - 60_000) }
  const record = new AccessRecord({ db, clock: past, log, ...(groupsMax === undefined ? {} : { groupsMax }) })
  await record.start()
  return record
}

function note(record: AccessRecord, readerId: string, operation: string, status = 200): void {
  const access = { companyId: partner.id, readerKind: 'key', readerId, operation, status, address: '10.0.0.1' } as const
  record.note({ ...access, organizationId: customer.id }, once)
}

async function counted(readerId: string): Promise<Record<string, number>> {
  const { body } = await customer.ask('GET', `/accesses?readerId=${readerId}`)
  const rows = body.accesses as { operation: string; requests: number }[]
  return Object.fromEntries(rows.map(({ operation, requests }) => [operation, requests]))
}

const gaps = async () => (await customer.ask('GET', '/accesses')).body.gaps

test('a second’s accesses are stored once, also when the answer to the write was lost', async () => {
  const { system } = managed.server.database
  let lost = 1
  const record = await recordOn({
    rows: async (statement) => {
      const rows = await system.rows(statement)
      if (statement.text.includes('into access (') && lost-- > 0) throw new Error('lost')
      return rows as never
    },
  })
  note(record, 'twice', 'listAlarms')
  await record.write()
  note(record, 'twice', 'listAlarms')
  await record.close()
  expect(lost).toBeLessThan(0)
  expect(await counted('twice')).toEqual({ listAlarms: 2 })
})

test('where the row of its run is gone, another run is begun, and nothing is lost', async () => {
  const { system } = managed.server.database
  const record = await recordOn(system)
  await system.rows(sql`delete from access_run`)
  note(record, 'gone', 'listAlarms')
  await record.close()
  expect(await counted('gone')).toEqual({ listAlarms: 1 })
})

test('no more is told apart than there is room for: what was read is told as others, what is lost as a gap', async () => {
  const { system } = managed.server.database
  // The database does not answer meanwhile: nothing is written before all is noted.
  const held = Promise.withResolvers<void>()
  const record = await recordOn(
    {
      rows: async (statement) =>
        (statement.text.includes('into access (') ? held.promise : Promise.resolve()).then(() => system.rows(statement)),
    },
    2,
  )
  for (const operation of ['a', 'b', 'c', 'd', 'e']) note(record, 'crowd', operation)
  held.resolve()
  await record.close()
  expect(await counted('crowd')).toEqual({ a: 1, b: 1, c: 1, others: 2 })
  expect(await gaps()).toEqual([])

  const flooded = await recordOn(system, 2)
  for (let nth = 0; nth < 9; nth += 1) note(flooded, `reader ${nth}`, 'x', 403)
  await flooded.close()
  expect(await gaps()).toHaveLength(1)
})
