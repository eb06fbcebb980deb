import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { newGateway, type TestGateway } from '../../../test/support/ingest.ts'
import { connect, inDays, type Managed, type Staffed, startManaged } from '../../../test/support/management.ts'
import { openStream } from '../../../test/support/measurement-stream.ts'
import { purge } from '../../jobs/purge.ts'
import { usageOf } from '../../store/accesses/usage.ts'

/** Within which the history tells of an access. */
const toldWithinMs = 5_000
const toldStreamWithinMs = 10_000

let managed: Managed
let customer: Staffed
let other: Staffed
let partner: Staffed
let gateway: TestGateway
let key: { id: string; secret: string }

interface Row {
  reader: { companyName: string; kind: string; id: string; name?: string }
  operation: string
  status: number
  address: string
  requests: number
  objects: number
  bytes: number
  lines: number
}

beforeAll(async () => {
  managed = await startManaged({ flags: ['--rate-limit-factor', '1000000'] })
  customer = await managed.staffed('customer', 'North Bakery')
  other = await managed.staffed('customer', 'South Bakery')
  partner = await managed.staffed('partner', 'Acme Power')
  for (const one of [customer, other]) {
    await managed.vendor('POST', `/companies/${one.id}/subscriptions`, { kind: 'paid', endsAt: inDays(30) })
  }
  const partnership = await connect(managed, customer, partner)
  await customer.ask('PUT', `/partnerships/${partnership}/consent`, {})
  gateway = await newGateway(managed.server, customer.id)
  const devices = ['u1', 'u2'].map((ref) => ({ ref, type: 'UPS', label: ref }))
  await gateway.send({
    batchId: 'first',
    inventory: { full: true, locations: [], devices },
    sensors: { full: true, sensors: [{ ref: 'load', deviceRef: 'u1', label: 'Load', type: 'LOAD' }] },
  })
  key = await newKey('=cmd|night shift')
})
afterAll(() => managed.close())

async function newKey(name: string): Promise<{ id: string; secret: string }> {
  const { body } = await partner.ask('POST', '/keys', { name, kind: 'all' })
  return { id: body.key.id, secret: body.secret }
}

const read = (secret: string, path: string, headers: Record<string, string> = {}) =>
  fetch(`${managed.server.url}/rest/v1${path}`, { headers: { authorization: `Bearer ${secret}`, ...headers } })
const mine = (rest: string) => `/organizations/${customer.id}/${rest}`
const history = async (query = '', who = customer): Promise<Row[]> =>
  (await who.ask('GET', `/accesses?limit=1000${query}`)).body.accesses

/** What there was of each operation and status, whatever the minutes. */
function counted(rows: readonly Row[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { operation, status, requests } of rows) {
    sums[`${operation} ${status}`] = (sums[`${operation} ${status}`] ?? 0) + requests
  }
  return sums
}

const told = (query: string, expected: Record<string, number>, who = customer) =>
  vi.waitFor(async () => expect(counted(await history(query, who))).toEqual(expected), { timeout: toldWithinMs, interval: 100 })

describe('a customer is told', () => {
  test('each access by a key, what it got and from where, also where it got nothing new, or was refused', async () => {
    const list = await read(key.secret, mine('inventory'))
    const { offset } = (await list.json()) as { offset: number }
    await read(key.secret, mine('inventory'), { 'if-none-match': list.headers.get('etag') as string })
    for (let nth = 0; nth < 3; nth += 1) await read(key.secret, mine(`inventory-changes/${offset}`))
    await read(key.secret, mine('inventory/nothing'))
    await read(key.secret, mine('alarm-changes/x'))
    await read(key.secret, '/organizations')
    const query = `&readerId=${key.id}`
    await told(query, {
      'listInventory 200': 1,
      'listInventory 304': 1,
      'getInventoryChangesAfterOffset 200': 3,
      'getDevice 404': 1,
      'getAlarmChangesAfterOffset 400': 1,
    })
    const rows = await history(`${query}&operation=listInventory`)
    expect(rows.find(({ status }) => status === 200)).toMatchObject({
      reader: { companyName: 'Acme Power', kind: 'key', id: key.id, name: '=cmd|night shift' },
      address: '127.0.0.1',
      objects: 3,
      bytes: Number(list.headers.get('content-length')),
      lines: 0,
    })
    expect(rows.find(({ status }) => status === 304)).toMatchObject({ objects: 0, bytes: 0 })
  })

  test('what a stream delivers while it goes on', async () => {
    const streaming = await newKey('Stream')
    const stream = await openStream(`${managed.server.url}/rest/v1${mine('measurements/live')}`, streaming.secret)
    const line = { sensorRef: 'load', timestamp: new Date().toISOString(), numericValue: 40 }
    await gateway.measure('m1', [line, line, line])
    await stream.until('three lines', (lines) => lines.length === 3)
    await vi.waitFor(
      async () => {
        const rows = await history(`&readerId=${streaming.id}`)
        expect(counted(rows)).toEqual({ 'liveMeasurements 200': 1 })
        expect(rows.reduce((sum, { lines }) => sum + lines, 0)).toBe(3)
        expect(rows.reduce((sum, { bytes }) => sum + bytes, 0)).toBeGreaterThan(0)
      },
      { timeout: toldStreamWithinMs, interval: 200 },
    )
    stream.close()
  })

  test("what a partner's people looked at, and not what its own did; once one of them is erased, no longer from where", async () => {
    const person = await managed.addMember(partner.id, 'viewer')
    await person.ask('GET', mine('devices'))
    await person.ask('GET', mine('devices/nothing'))
    await customer.ask('GET', mine('devices'))
    await told('&operation=listDevices', { 'listDevices 200': 1 })
    const [row] = await history('&operation=listDevices')
    expect(row).toMatchObject({ reader: { companyName: 'Acme Power', kind: 'person' }, address: '127.0.0.1', objects: 2 })
    expect(row?.reader.name).toMatch(/^Person/)
    await told('&operation=getDeviceDetails', { 'getDeviceDetails 404': 1 })

    await partner.ask('DELETE', `/people/${row?.reader.id}`)
    const erased = await history(`&readerId=${row?.reader.id}`)
    expect(counted(erased)).toEqual({ 'listDevices 200': 1, 'getDeviceDetails 404': 1 })
    expect(erased.map(({ address, reader }) => [address, reader.name])).toEqual([
      ['', undefined],
      ['', undefined],
    ])
  })

  test('of a stranger who asked in vain; an id that is nobody’s and a key that is none tell nobody', async () => {
    await read(key.secret, `/organizations/${other.id}/inventory`)
    await read(key.secret, '/organizations/nobody/inventory')
    await read(
      key.secret.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      `/organizations/${other.id}/inventory`,
    )
    await read(`ak_live_${'0'.repeat(51)}`, `/organizations/${other.id}/inventory`)
    await told('', { 'listInventory 403': 1 }, other)
    expect(await history('&outcome=refused', other)).toMatchObject([{ reader: { companyName: 'Acme Power' }, objects: 0 }])
    expect(await history('&outcome=read', other)).toEqual([])
  })
})

describe('the history', () => {
  test('is summed up by day and reader, comes in pages, and says by whom it can be filtered', async () => {
    const { body: sums } = await customer.ask('GET', '/accesses/sums?timeZone=Europe/Berlin')
    const ofKey = sums.sums.find((one: { reader: { id: string } }) => one.reader.id === key.id)
    expect(ofKey).toMatchObject({ requests: 7, refused: 0, failed: 2, objects: 3 })
    expect((await customer.ask('GET', '/accesses/sums?timeZone=Nowhere')).status).toBe(400)
    expect((await customer.ask('GET', `/accesses/sums?step=hour&from=${inDays(-30)}`)).status).toBe(400)

    const pages: Row[] = []
    for (let after = ''; ; ) {
      const { body } = await customer.ask('GET', `/accesses?limit=2${after}`)
      pages.push(...body.accesses)
      if (body.next === undefined) break
      after = `&after=${body.next}`
    }
    expect(pages).toEqual(await history())
    expect((await customer.ask('GET', '/accesses?after=x')).status).toBe(400)

    const { body } = await customer.ask('GET', '/accesses/readers')
    expect(body.readers.map(({ name }: { name?: string }) => name ?? 'unknown').sort()).toEqual([
      '=cmd|night shift',
      'Stream',
      'unknown',
    ])
    expect(body.operations).toContain('getAlarmChangesAfterOffset')
  })

  test('is summed up where clocks go back over midnight, too', async () => {
    const { database } = managed.server
    await database.system.rows(sql`
      insert into access (organization_id, minute, reader_id, operation, status, address, company_id, company_name, reader_kind, key_name,
                          first_at, last_at, requests, objects, bytes, lines)
      select ${customer.id}, at, 'night', 'listAlarms', 200, '10.0.0.1', 'gone', 'Former Partner', 'key', 'Old', at, at, 1, 0, 0, 0
        from unnest('{2026-10-25T00:30Z,2026-10-25T01:30Z}'::timestamptz[]) at`)
    const day = 'from=2026-10-25T00:00:00Z&to=2026-10-26T00:00:00Z&timeZone=Atlantic/Azores&readerId=night'
    const { status, body } = await customer.ask('GET', `/accesses/sums?${day}`)
    expect([status, body.sums.map(({ from, requests }: { from: string; requests: number }) => [from, requests])]).toEqual([
      200,
      [['2026-10-25T01:00:00.000Z', 2]],
    ])
    await database.system.rows(sql`delete from access where reader_id = 'night'`)
  })

  test('is a CSV file that no spreadsheet runs', async () => {
    const { headers } = await customer.ask('GET', '/accesses/export')
    expect(headers.get('content-type')).toMatch(/^text\/csv/)
    const text = await exported(customer)
    const rows = text.trimEnd().split('\r\n')
    expect(rows[0]).toMatch(/First,Last,Company,By,Name,Id,Operation/)
    expect(rows.slice(1)).toHaveLength((await history()).length)
    expect(text).toContain(`Acme Power,key,'=cmd|night shift,${key.id},listInventory,200,127.0.0.1,1,3,`)
  })

  test('is a company’s own: of another’s key there is no usage, of its own there is, refused ones too', async () => {
    const { database } = managed.server
    const members = await database.system.rows<{ company: string; member: string }>(
      sql`select company_id as "company", min(id) as "member" from member group by company_id`,
    )
    const memberOf = (company: string) => members.find((one) => one.company === company)?.member as string
    const range = { from: inDays(-1), to: inDays(1), step: 'day', zone: 'UTC' } as const
    const usage = (company: string) =>
      usageOf(database.request, { companyId: company, memberId: memberOf(company) }, key.id, range)
    expect(await usage(customer.id)).toEqual([])
    const days = await usage(partner.id)
    expect(days.reduce((sum, { requests }) => sum + requests, 0)).toBe(10)
    expect(days.reduce((sum, { errors }) => sum + errors, 0)).toBe(4)
  })

  test('is told by the minute for a month, and by the hour then, with nothing lost', async () => {
    const { database, context } = managed.server
    await database.system.rows(sql`
      insert into access (organization_id, minute, reader_id, operation, status, address, company_id, company_name, reader_kind, key_name,
                          first_at, last_at, requests, objects, bytes, lines)
      select ${customer.id}, at, 'poller', 'listAlarms', 200, '10.0.0.1', 'gone', 'Former Partner', 'key', 'Old', at, at + interval '50 s', 6, 1, 100, 0
        from generate_series(date_trunc('hour', statement_timestamp()) - interval '33 days', statement_timestamp() - interval '30 days',
                             interval '1 minute') at`)
    const of = async () => {
      const { body } = await customer.ask('GET', `/accesses/sums?from=${inDays(-34)}&to=${inDays(-30)}&readerId=poller`)
      return body.sums.reduce((sum: number, { requests }: { requests: number }) => sum + requests, 0)
    }
    const before = await of()
    await purge(context)
    await purge(context)
    expect(await of()).toBe(before)
    const rows = await database.system.rows<{ minutes: number; hours: number; firstAt: string; lastAt: string }>(sql`
      select count(*) filter (where requests = 6)::integer as "minutes", count(*) filter (where requests = 360)::integer as "hours",
             min(first_at) as "firstAt", max(last_at) as "lastAt"
        from access where reader_id = 'poller'`)
    expect(rows[0]?.hours).toBeGreaterThanOrEqual(47)
    expect((rows[0]?.minutes ?? 0) + 60 * (rows[0]?.hours ?? 0)).toBe(before / 6)
    await database.system.rows(sql`delete from access where reader_id = 'poller'`)
  })

  test('is forgotten when it is as old as the vendor set', async () => {
    const { database, context } = managed.server
    await managed.vendor('PATCH', '/installation', { accessDays: 30 })
    const before = await history()
    await database.system.rows(sql`
      insert into access select organization_id, minute - interval '31 days', reader_id, operation, status, address, company_id, company_name,
                                reader_kind, key_name, first_at, last_at, requests, objects, bytes, lines from access`)
    expect(await history(`&from=${inDays(-40)}`)).toHaveLength(2 * before.length)
    await purge(context)
    expect(await history(`&from=${inDays(-40)}`)).toEqual(before)
  })
})

async function exported(who: Staffed): Promise<string> {
  const token = (await who.ask('POST', '/access-tokens', { name: 'Export', role: 'viewer', expiresInDays: 1 })).body.token
  const answer = await fetch(`${managed.server.url}/api/v1/accesses/export`, { headers: { authorization: `Bearer ${token}` } })
  return answer.text()
}
