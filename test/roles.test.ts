import sql, { type Sql } from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPostgres } from '../src/store/postgres.ts'
import { startServer, type TestServer, testEngine } from './support/server.ts'

/**
 * All that the role of requests may do (I1): a table or view of the schema that is not named here is closed to it. A new right
 * belongs here only with a reason to believe that no request can read a customer's data through it.
 */
const rights: Record<string, string> = {
  coverage: 'select',
  covered_act: 'select',
  covered_act_label: 'select',
  covered_alarm: 'select',
  covered_feed: 'select',
  covered_alarm_acknowledgement: 'select',
  covered_alarm_version: 'select',
  covered_feed_head: 'select',
  covered_gateway_contact: 'select',
  covered_inventory_object: 'select',
  covered_measurement_block: 'select',
  covered_measurement_head: 'select',
  covered_measurement_rollup: 'select',
  covered_organization_change: 'select',
  covered_rollup_position: 'select',
  covered_sensor: 'select',
  covered_stream_block: 'select',
  valid_key: 'select',
  valid_member: 'select',
  valid_customer: 'select',
  active_subscription: 'select',
  standing_consent: 'select',
  connected_customer: 'select',
  key_coverage: 'select',
  administered_customer: 'select',
  standing_visit: 'select',
  alarm_acknowledgement: 'insert',
  alarm_mail: 'select insert update delete',
  administrator_grant: 'select insert update',
  customer_invitation: 'select insert update',
  company: 'select insert update',
  company_sign_in: 'select',
  person: 'select insert',
  person_language: 'select',
  sign_in_method: 'insert',
  member: 'select insert update delete',
  access_token: 'select insert delete',
  setup_link: 'select insert update delete',
  subscription: 'select insert update',
  partnership: 'select insert update',
  consent: 'select insert update',
  consent_request: 'select insert',
  coverage_digest: 'select',
  coverage_digest_change: 'insert',
  consent_receipt: 'select insert update',
  api_key: 'select insert update delete',
  api_key_organization: 'select insert delete',
  api_key_use: 'select',
  gateway: 'select insert update',
  licence_key: 'select insert update',
  gateway_contact: 'select',
  received_access: 'select',
  made_access: 'select',
  last_read: 'select',
  access_run: 'select',
  mail: 'select insert',
  installation_setting: 'select update',
  shown_act: 'select',
  act_personal: 'select',
  act_head: 'select',
  signed_head: 'select',
  invitation: 'select insert update delete',
  webhook: 'select',
}

/** Where the customers' data lie: they are read through the covered views alone, and written by ingest alone. */
const deviceData = [
  ...['act_label', 'alarm', 'alarm_version', 'feed_head', 'gateway_reference', 'ingest_batch', 'inventory_object', 'sensor'],
  ...['measurement_block', 'measurement_head', 'measurement_log', 'measurement_rollup', 'measurement_rollup_position'],
  'webhook_delivery',
]

/** A column of each that is a text. */
const textColumns: Record<string, string> = {
  ingest_batch: 'batch_id',
  measurement_block: 'code',
  measurement_rollup: 'sensor_id',
  webhook_delivery: 'id',
}

const privileges = ['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']

let server: TestServer
beforeAll(async () => {
  server = await startServer()
}, 60_000)
afterAll(() => server.close())

/** Every relation that holds or shows rows, or counts: tables, views, sequences, and what PostgreSQL may yet invent, but for indexes. */
async function relations(): Promise<string[]> {
  const rows = await server.database.system.rows<{ name: string }>(sql`
    select c.relname::text as name
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
     where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relkind not in ('i', 'I', 'c', 't')
     order by 1`)
  return rows.map((row) => row.name)
}

/** What the role holds, as `rights` has it; a right on some columns alone is marked. */
async function heldRights(): Promise<Record<string, string>> {
  const actual: Record<string, string> = {}
  for (const name of await relations()) {
    const held = await server.database.system.rows<{ privilege: string; whole: boolean; column: boolean }>(sql`
      select p as privilege,
             has_table_privilege('assent_request', ${`public."${name}"`}, p) as whole,
             p in ('select', 'insert', 'update', 'references')
               and has_any_column_privilege('assent_request', ${`public."${name}"`}, p) as "column"
        from unnest(${privileges}::text[]) with ordinality u (p, place)
       order by place`)
    const words = held.filter((row) => row.whole || row.column).map((row) => row.privilege + (row.whole ? '' : ' (columns)'))
    if (words.length > 0) actual[name] = words.join(' ')
  }
  return actual
}

/** `refused` where PostgreSQL names a lack of rights, `allowed`, or what else went wrong. */
async function refusal(statement: Sql): Promise<string> {
  try {
    await server.database.request.rows(statement)
    return 'allowed'
  } catch (error) {
    return (error as { code?: string }).code === '42501' ? 'refused' : `failed: ${(error as Error).message}`
  }
}

const text = (words: string): Sql => sql([words])

describe('the role of requests', () => {
  test('has exactly the rights that are listed here, on every relation of the schema and on every column', async () => {
    expect(await heldRights()).toEqual(rights)
  })

  test('can neither read nor write any table of device data, tried one by one', async () => {
    for (const table of deviceData) {
      const outcomes = [
        await refusal(text(`select * from "${table}"`)),
        await refusal(text(`select count(*) from "${table}"`)),
        await refusal(text(`insert into "${table}" select * from "${table}"`)),
        await refusal(text(`update "${table}" set ${textColumns[table] ?? 'organization_id'} = 'x'`)),
        await refusal(text(`delete from "${table}"`)),
        await refusal(text(`truncate "${table}"`)),
      ]
      expect({ table, outcomes }).toEqual({ table, outcomes: outcomes.map(() => 'refused') })
    }
  })

  test('is refused by every relation without a right on it, and answered by every one with select', async () => {
    const names = await relations()
    expect(names).toEqual(expect.arrayContaining([...Object.keys(rights), ...deviceData]))
    for (const name of names) {
      const expected = rights[name]?.split(' ').includes('select') ? 'allowed' : 'refused'
      expect([name, await refusal(text(`select * from "${name}" limit 1`))]).toEqual([name, expected])
    }
  })

  test('sees a table of device data through no view but those that ask the coverage', async () => {
    const views = await server.database.system.rows<{ name: string; reads: string[] }>(sql`
      select v.relname::text as name, array_agg(distinct t.relname::text order by t.relname::text) as reads
        from pg_class v
        join pg_namespace n on n.oid = v.relnamespace and n.nspname = 'public'
        join pg_rewrite r on r.ev_class = v.oid
        join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refobjid <> v.oid
        join pg_class t on d.refclassid = 'pg_class'::regclass and t.oid = d.refobjid
       where v.relkind in ('v', 'm')
       group by v.relname
       order by 1`)
    const showing = views.filter((view) => view.reads.some((name) => deviceData.includes(name)))
    expect(showing.map((view) => view.name)).toEqual([
      'covered_act_label',
      'covered_alarm',
      'covered_alarm_version',
      'covered_feed_head',
      'covered_inventory_object',
      'covered_measurement_block',
      'covered_measurement_head',
      'covered_measurement_rollup',
      'covered_rollup_position',
      'covered_sensor',
      'covered_stream_block',
      'covered_webhook_body',
      'covered_webhook_delivery',
    ])
    for (const view of showing) expect(view.reads).toContain('coverage')
  })

  test("can call no function that runs with its owner's rights", async () => {
    const functions = await server.database.system.rows<{ name: string; result: string }>(sql`
      select p.proname::text as name, p.prorettype::regtype::text as result
        from pg_proc p
        join pg_namespace n on n.oid = p.pronamespace and n.nspname = 'public'
       where p.prosecdef and has_function_privilege('assent_request', p.oid, 'execute') and p.prorettype <> 'trigger'::regtype`)
    expect(functions).toEqual([])
  })

  test('cannot sign in, owns nothing, makes nothing, and is a member of no other role', async () => {
    const [role] = await server.database.system.rows<Record<string, unknown>>(sql`
      select r.rolcanlogin, r.rolsuper, r.rolcreaterole, r.rolcreatedb, r.rolbypassrls, r.rolreplication,
             has_schema_privilege('assent_request', 'public', 'create') as creates,
             (select count(*) from pg_class c where c.relowner = r.oid) as owned,
             (select count(*) from pg_auth_members m where m.member = r.oid) as memberships
        from pg_roles r where r.rolname = 'assent_request'`)
    expect(role).toEqual({
      rolcanlogin: false,
      rolsuper: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolbypassrls: false,
      rolreplication: false,
      creates: false,
      owned: 0,
      memberships: 0,
    })
  })

  test('is the role under which requests are answered, in statements and in transactions', async () => {
    const asked = await server.database.request.rows<{ role: string }>(sql`select current_user::text as role`)
    const inside = await server.database.transaction('request', { kind: 'system' }, (tx) =>
      tx.rows<{ role: string }>(sql`select current_user::text as role`),
    )
    expect([...asked, ...inside]).toEqual([{ role: 'assent_request' }, { role: 'assent_request' }])
  })

  // Where there is no address, there is no such test, rather than one that is skipped.
  const onPostgres: (name: string, promise: () => Promise<void>) => void = testEngine === 'postgres' ? test : () => {}
  onPostgres('stays so whatever options the address of the database has', async () => {
    const more = new URLSearchParams({ options: '-c role=none -c search_path=public' })
    const address = server.config.databaseUrl as string
    const other = openPostgres(`${address}${address.includes('?') ? '&' : '?'}${more}`, () => {})
    try {
      const asked = await other.request.rows<{ role: string; path: string }>(
        sql`select current_user::text as role, current_setting('search_path') as path`,
      )
      expect(asked).toEqual([{ role: 'assent_request', path: 'public' }])
    } finally {
      await other.close()
    }
  })

  test('with a right too many, were it on one column only, fails this test', async () => {
    await server.database.script('grant select (id) on sensor to assent_request')
    try {
      expect(await heldRights()).toEqual({ ...rights, sensor: 'select (columns)' })
      expect(await refusal(text('select id from sensor'))).toBe('allowed')
    } finally {
      await server.database.script('revoke select (id) on sensor from assent_request')
    }
  })
})
