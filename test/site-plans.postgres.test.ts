import sql, { type Sql } from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { idFrom, type OrganizationId } from '../src/domain/ids.ts'
import type { Db } from '../src/store/database.ts'
import { inventoryHead } from '../src/store/inventory-tree.ts'
import { type AlarmsWanted, alarmOf, organizationAlarms } from '../src/store/organization-alarms.ts'
import { siteStateOf } from '../src/store/site-state.ts'
import { type Managed, startManaged } from './support/management.ts'

let managed: Managed
let organization: OrganizationId
let caller: string
let asked: Sql[]

const system = (statement: Sql) => managed.server.database.system.rows<Record<string, string>>(statement)

beforeAll(async () => {
  managed = await startManaged()
  const ids: string[] = []
  for (const name of ['Site', 'Neighbour']) ids.push((await managed.staffed('customer', name)).id)
  organization = idFrom(ids[0] as string)
  const [member] = await system(sql`select id from member where company_id = ${organization}`)
  caller = member?.id as string
  for (const id of ids) {
    await system(sql`
      insert into inventory_object (organization_id, id, kind, type, label, made_by, changed_offset, json)
      select ${id}, 'd' || n, 'Device', 'UPS', 'UPS ' || n, 'gateway', n + 10, json_build_object('id', 'd' || n, 'gatewayIds', '[]'::json)::text
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
  }
  await managed.server.database.script('analyze')
})
afterAll(() => managed.close())

/** Asks, and keeps what was asked. */
const db: Db = {
  rows: (statement) => {
    asked.push(statement)
    return managed.server.database.request.rows(statement)
  },
}

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  Plans?: Plan[]
}

/** The tables that a statement's plan reads from end to end. */
async function readWhole(statement: Sql): Promise<string[]> {
  const [row] = await managed.server.database.request.rows<{ 'QUERY PLAN': { Plan: Plan }[] }>(
    sql`explain (format json) ${statement}`,
  )
  const found: string[] = []
  const walk = (plan: Plan) => {
    if (plan['Node Type'] === 'Seq Scan') found.push(plan['Relation Name'] ?? '')
    plan.Plans?.forEach(walk)
  }
  walk((row as { 'QUERY PLAN': { Plan: Plan }[] })['QUERY PLAN'][0]?.Plan as Plan)
  return found
}

const large = ['inventory_object', 'alarm', 'alarm_version', 'alarm_acknowledgement', 'sensor']
const alarms = (wanted: Partial<AlarmsWanted>) =>
  organizationAlarms(db, caller, organization, { state: 'active', limit: 50, ...wanted })

test.each<[string, () => Promise<unknown>]>([
  ['the tree’s head', () => inventoryHead(db, caller, organization)],
  ['the state of the sites', () => siteStateOf(db, caller, organization)],
  ['active alarms of a device', () => alarms({ deviceId: 'd7' })],
  ['past alarms', () => alarms({ state: 'past' })],
  ['past alarms further on', () => alarms({ state: 'past', before: { clearedAt: '2020-01-01T00:00:00.000Z', id: 'a1' } })],
  ['an alarm with its states', () => alarmOf(db, caller, organization, 'a7')],
])('%s reads no large table whole', async (_, ask) => {
  asked = []
  expect(await ask()).not.toBeNull()
  expect(asked.length).toBeGreaterThan(0)
  for (const statement of asked) {
    expect((await readWhole(statement)).filter((table) => large.includes(table))).toEqual([])
  }
})
