import sql, { type Sql } from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { idFrom, type OrganizationId } from '../src/domain/ids.ts'
import { accessTokensOf } from '../src/store/access-tokens.ts'
import { type AccessPlace, accessesOf, accessReadersOf, accessSumsOf } from '../src/store/accesses/history.ts'
import { usageOf } from '../src/store/accesses/usage.ts'
import { activityBefore } from '../src/store/activity.ts'
import { actsAfter } from '../src/store/acts.ts'
import { noteAlarmNews } from '../src/store/alarm-news.ts'
import { companies } from '../src/store/companies.ts'
import { receiptsOf } from '../src/store/consent-receipts.ts'
import { coverageChangesOf } from '../src/store/coverage-changes.ts'
import { customerInvitationsOf } from '../src/store/customer-invitations.ts'
import { customersOf } from '../src/store/customers.ts'
import type { Db } from '../src/store/database.ts'
import { devicesOf } from '../src/store/devices.ts'
import { dueWork } from '../src/store/due-work.ts'
import { gatewaysOf } from '../src/store/gateways.ts'
import { installationCounts } from '../src/store/installation-state.ts'
import { inventoryTreeOf, inventoryVersion } from '../src/store/inventory-tree.ts'
import { invitationsOf } from '../src/store/invitations.ts'
import { keyOrganizations, keysOf } from '../src/store/keys.ts'
import { licenceKeys } from '../src/store/licence-keys.ts'
import { mailsBefore } from '../src/store/mails.ts'
import { latestPartsOf } from '../src/store/measurements/charts.ts'
import { organizationSensors } from '../src/store/measurements/organization-sensors.ts'
import { membersOf } from '../src/store/members.ts'
import { type AlarmsWanted, alarmOf, organizationAlarms } from '../src/store/organization-alarms.ts'
import { partnerships, partnersOf } from '../src/store/partnerships.ts'
import { sessionsOf } from '../src/store/sessions.ts'
import { siteStateOf } from '../src/store/site-state.ts'
import { subscriptionsOf } from '../src/store/subscriptions.ts'
import { vacuumTables } from '../src/store/vacuum.ts'
import { organizationsToTell } from '../src/store/webhook-events.ts'
import { deliveriesOf } from '../src/store/webhook-log.ts'
import { webhooksOf } from '../src/store/webhooks.ts'
import { inDays, type Managed, startManaged } from './support/management.ts'
import { goneThrough, listening, partsOf, planByIndex, planOf, readWhole } from './support/plans.ts'
import { plantLists } from './support/planted-lists.ts'

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
  await plantLists(managed.server.database)
  await system(sql`
    insert into sensor (organization_id, id, device_id, changed_offset, json)
    select o.id, o.code || n, 'd' || n % 10000 + 1, n,
           json_build_object('id', o.code || n, 'label', 'Sensor ' || n % 7, 'type', 'TYPE ' || n % 5)::text
      from (select ${organization}::text as id, 'own' as code union all select 'c' || n, 'c' || n || '-' from generate_series(1, 40) n) o,
           generate_series(1, 2000) n`)
  await system(sql`
    insert into measurement_rollup (hour, sensor_id, slots)
    select date_trunc('hour', statement_timestamp()) - make_interval(hours => n % 24), 'own' || n / 24 + 1, decode(repeat('0000', 12), 'hex')
      from generate_series(0, 47999) n`)
  await vacuumTables(managed.server.database.system)
})
afterAll(() => managed.close())

/** Which grow without an end, or with each device. */
const large = [
  ...['inventory_object', 'alarm', 'alarm_version', 'alarm_acknowledgement', 'sensor', 'access'],
  ...['act', 'act_personal', 'mail', 'webhook_delivery', 'webhook', 'webhook_attempt', 'consent_receipt'],
  ...['feed_head', 'feed_news', 'webhook_position', 'alarm_mail_position'],
]
/** Which grow with companies and people. */
const registers = [
  ...[
    'company',
    'person',
    'member',
    'session',
    'access_token',
    'invitation',
    'customer_invitation',
    'subscription',
    'partnership',
    'consent',
  ],
  ...['api_key', 'gateway', 'licence_key', 'webhook'],
]
/** Of the planted companies. */
const one = { customer: 'c7', partner: 'p8', hook: 'h7' }
/** Whose acts are read, and by whom. */
const own = { company: one.customer, memberId: 'm7' }
const all = { company: null, memberId: null }
const alarms = (wanted: Partial<AlarmsWanted>) => (db: Db) =>
  organizationAlarms(db, caller, organization, { state: 'active', limit: 50, ...wanted })
const asSystem = { as: 'system' } as const
const month = { from: inDays(-30), to: inDays(1) }
const latest = (after: AccessPlace | null) => (db: Db) =>
  accessesOf(db, { id: organization, memberId: caller }, month, after, 100)

test.each<[string, (db: Db) => Promise<unknown>, more?: { as?: 'system'; shown?: string[] }]>([
  ['the tree’s version', (db) => inventoryVersion(db, caller, organization)],
  ['the tree', (db) => inventoryTreeOf(db, caller, organization)],
  ['the list of devices', (db) => devicesOf(db, caller, organization, { parts: false, limit: 50 })],
  ['the state of the sites', (db) => siteStateOf(db, caller, organization)],
  ['sensors', (db) => organizationSensors(db, caller, organization, { limit: 200 })],
  ['sensors by name', (db) => organizationSensors(db, caller, organization, { search: 'sensor 3', type: 'TYPE 3', limit: 50 })],
  ['latest values', (db) => latestPartsOf(db, caller, organization, ['own1', 'own2'], true)],
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
  ['members', (db) => membersOf(db, one.customer)],
  ['invitations', (db) => invitationsOf(db, one.partner)],
  ['invitations of customers', (db) => customerInvitationsOf(db, one.partner)],
  ['access tokens', (db) => accessTokensOf(db, one.customer)],
  ['a person’s sessions', (db) => sessionsOf(db, 'person 7'), asSystem],
  ['subscriptions', (db) => subscriptionsOf(db, one.customer)],
  ['a customer’s partners', (db) => partnersOf(db, one.customer)],
  ['receipts', (db) => receiptsOf(db, one.customer)],
  ['gateways', (db) => gatewaysOf(db, one.customer, 'm7')],
  ['a partner’s customers', (db) => customersOf(db, one.partner)],
  ['changes of a partner’s coverage', (db) => coverageChangesOf(db, one.partner, inDays(-30), 50)],
  ['keys', (db) => keysOf(db, one.partner)],
  ['customers of a key', (db) => keyOrganizations(db, one.partner, 'k7')],
  ['webhooks', (db) => webhooksOf(db, one.partner), asSystem],
  ['deliveries', (db) => deliveriesOf(db, one.partner, one.hook, { limit: 50 }), asSystem],
  ['older deliveries', (db) => deliveriesOf(db, one.partner, one.hook, { before: 'd20006', limit: 50 }), asSystem],
  ['deliveries that failed', (db) => deliveriesOf(db, one.partner, one.hook, { state: 'failed', limit: 50 }), asSystem],
  ['deliveries of a kind', (db) => deliveriesOf(db, one.partner, one.hook, { kind: 'webhook.test', limit: 50 }), asSystem],
  ['deliveries of a customer', (db) => deliveriesOf(db, one.partner, one.hook, { organizationId: 'c7', limit: 50 }), asSystem],
  [
    'what failed of a customer’s deliveries',
    (db) => deliveriesOf(db, one.partner, one.hook, { state: 'failed', organizationId: 'c7', limit: 50 }),
    asSystem,
  ],
  ['acts', (db) => actsAfter(db, own, 0, 100)],
  ['acts of all companies', (db) => actsAfter(db, all, 60_000, 100)],
  ['mails', (db) => mailsBefore(db, null, 50)],
  ['older mails', (db) => mailsBefore(db, 'mail 20000', 50)],
  ['licence keys', (db) => licenceKeys(db), { shown: ['licence_key'] }],
  ['feeds with news for webhooks', (db) => organizationsToTell(db), asSystem],
  ['feeds with news for mails', (db) => noteAlarmNews(db), asSystem],
  ['what is due', (db) => dueWork(db), asSystem],
  ['what System counts', (db) => installationCounts(db), { as: 'system', shown: ['company', 'gateway'] }],
  // These two show all that there is.
  ['companies', (db) => companies(db), { shown: ['company', 'company_sign_in'] }],
  ['connections', (db) => partnerships(db), { shown: ['partnership'] }],
])('%s: no large table is read whole, and each other one by an index', async (name, ask, more) => {
  const as = more?.as ?? 'request'
  const { database } = managed.server
  const { db, asked } = listening(database[as])
  expect(await ask(db)).not.toBeNull()
  expect(asked.length).toBeGreaterThan(0)
  const plans = await Promise.all(asked.map((statement) => planOf(database, statement, as)))
  const among = (tables: string[]) => (table: string) => tables.includes(table) && !more?.shown?.includes(table)
  expect(plans.flatMap(readWhole).filter(among(large))).toEqual([])
  for (const statement of asked) {
    const plan = await planByIndex(database, statement)
    expect(goneThrough(plan).filter(among(registers))).toEqual([])
  }
  // Only as many as are shown: the index has them in their order.
  if (name.endsWith('accesses') && !name.startsWith('sums')) {
    const scan = { 'Index Name': expect.stringMatching(/^access_organization_id_minute/), 'Scan Direction': 'Backward' }
    expect(plans.flatMap(partsOf)).toContainEqual(expect.objectContaining(scan))
  }
})

const days = { from: inDays(-30), to: inDays(-3) }
const whats = [undefined, 'gateway', 'gateway.removed']
const whos = [undefined, 'person 8', 'token']
const filters = [{}, days].flatMap((time) => whats.flatMap((verb) => whos.map((actor) => ({ ...time, verb, actor }))))

test.each([
  ['of a company', own],
  ['of all companies', all],
])('activity %s: whatever is asked for, each index that is read has that alone, in its order', async (_, reader) => {
  const { database } = managed.server
  for (const filter of filters) {
    for (const before of [null, 60_000]) {
      const { db, asked } = listening(database.request)
      await activityBefore(db, reader, filter, before, 100)
      for (const statement of asked) {
        for (const plan of [await planOf(database, statement), await planByIndex(database, statement)]) {
          const reads = partsOf(plan).filter((part) => part['Relation Name'] === 'act')
          const strays = reads.filter((part) => !/^Index (Only )?Scan$/.test(part['Node Type']) || part.Filter !== undefined)
          expect([filter, before, reads.length > 0, strays]).toEqual([filter, before, true, []])
          expect(readWhole(plan).filter((table) => large.includes(table))).toEqual([])
        }
      }
    }
  }
})
