import sql, { type Sql } from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { idFrom, type OrganizationId } from '../src/domain/ids.ts'
import { type AccessPlace, accessesOf, accessReadersOf, accessSumsOf } from '../src/store/accesses/history.ts'
import { usageOf } from '../src/store/accesses/usage.ts'
import type { Db } from '../src/store/database.ts'
import { devicesOf } from '../src/store/devices.ts'
import { inventoryTreeOf, inventoryVersion } from '../src/store/inventory-tree.ts'
import { type AlarmsWanted, alarmOf, organizationAlarms } from '../src/store/organization-alarms.ts'
import { siteStateOf } from '../src/store/site-state.ts'
import { inDays, type Managed, startManaged } from './support/management.ts'
import { listening, partsOf, planOf, readWhole } from './support/plans.ts'

let managed: Managed
let organization: OrganizationId
let caller: string
let partner: { companyId: string; memberId: string }

const system = (statement: Sql) => managed.server.database.system.rows<Record<string, string>>(statement)

beforeAll(async () => {
  managed = await startManaged()
  const ids: string[] = []
  for (const name of ['Site', 'Neighbour']) ids.push((await managed.staffed('customer', name)).id)
  organization = idFrom(ids[0] as string)
  const memberOf = async (id: string) => (await system(sql`select id from member where company_id = ${id}`))[0]?.id as string
  caller = await memberOf(organization)
  const { id: partnerId } = await managed.staffed('partner', 'Reader')
  partner = { companyId: partnerId, memberId: await memberOf(partnerId) }
  for (const id of ids) {
    await system(sql`
      insert into inventory_object (organization_id, id, kind, type, label, made_by, changed_offset, json)
      select ${id}, 'd' || n, 'Device', 'UPS', 'UPS ' || n, 'gateway', n + 10,
             json_build_object('inventoryObjectType', 'Device', 'id', 'd' || n, 'label', 'UPS ' || n, 'type', 'UPS', 'gatewayIds', '[]'::json)::text
        from generate_series(1, 10000) n`)
    await system(sql`
      insert into alarm (organization_id, id, device_id, severity, activated_at, cleared_at, changed_offset, json)
      select ${id}, 'a' || n, 'd' || (n % 10000 + 1), 'WARNING', now() - make_interval(mins => n),
             case when n > 200 then now() - make_interval(secs => n) end, n, json_build_object('id', 'a' || n)::text
        from generate_series(1, 100000) n`)
    await system(sql`
      insert into alarm_version (organization_id, alarm_id, changed_offset, changed_at, json)
      select organization_id, id, changed_offset, changed_at, json from alarm where organization_id = ${id}`)
    await system(sql`
      insert into alarm_acknowledgement (organization_id, alarm_id, reactivations)
      select organization_id, id, 0 from alarm where organization_id = ${id} and changed_offset % ${id === organization ? 100 : 3} = 0`)
    await system(sql`
      insert into access (organization_id, minute, reader_id, operation, status, address, company_id, company_name, reader_kind, key_name,
                          first_at, last_at, requests, objects, bytes, lines)
      select ${id}, date_trunc('minute', statement_timestamp()) - make_interval(mins => n / 5), 'key ' || n % 100, 'operation ' || n % 5, 200,
             '10.0.0.1', ${partnerId}, 'Reader', 'key', 'Key ' || n % 100, statement_timestamp(), statement_timestamp(), 6, 1, 100, 0
        from generate_series(0, 99999) n`)
  }
  await managed.server.database.script('analyze')
})
afterAll(() => managed.close())

const large = ['inventory_object', 'alarm', 'alarm_version', 'alarm_acknowledgement', 'sensor', 'access']
const alarms = (wanted: Partial<AlarmsWanted>) => (db: Db) =>
  organizationAlarms(db, caller, organization, { state: 'active', limit: 50, ...wanted })
const month = { from: inDays(-30), to: inDays(1) }
const latest = (after: AccessPlace | null) => (db: Db) =>
  accessesOf(db, { id: organization, memberId: caller }, month, after, 100)

test.each<[string, (db: Db) => Promise<unknown>]>([
  ['the tree’s version', (db) => inventoryVersion(db, caller, organization)],
  ['the tree', (db) => inventoryTreeOf(db, caller, organization)],
  ['the list of devices', (db) => devicesOf(db, caller, organization, { parts: false, limit: 50 })],
  ['the state of the sites', (db) => siteStateOf(db, caller, organization)],
  ['active alarms', alarms({})],
  ['active alarms of a device', alarms({ deviceId: 'd7' })],
  ['past alarms', alarms({ state: 'past' })],
  ['past alarms further on', alarms({ state: 'past', before: { clearedAt: '2020-01-01T00:00:00.000Z', id: 'a1' } })],
  ['an alarm with its states', (db) => alarmOf(db, caller, organization, 'a7')],
  ['the latest accesses', latest(null)],
  ['older accesses', latest({ minute: inDays(-3), readerId: 'poller', operation: 'operation 2', status: 200, address: '' })],
  ['sums of accesses', (db) => accessSumsOf(db, { id: organization, memberId: caller }, month, 'day', 'Europe/Berlin')],
  ['who accessed', (db) => accessReadersOf(db, { id: organization, memberId: caller }, month)],
  ['a key’s usage', (db) => usageOf(db, partner, 'key 1', { ...month, step: 'day', zone: 'UTC' })],
])('%s: no large table is read whole', async (name, ask) => {
  const { database } = managed.server
  const { db, asked } = listening(database.request)
  expect(await ask(db)).not.toBeNull()
  expect(asked.length).toBeGreaterThan(0)
  const plans = await Promise.all(asked.map((statement) => planOf(database, statement)))
  expect(plans.flatMap(readWhole).filter((table) => large.includes(table))).toEqual([])
  // Only as many as are shown: the index has them in their order.
  if (name.endsWith('accesses') && !name.startsWith('sums')) {
    const scan = { 'Index Name': expect.stringMatching(/^access_organization_id_minute/), 'Scan Direction': 'Backward' }
    expect(plans.flatMap(partsOf)).toContainEqual(expect.objectContaining(scan))
  }
})
