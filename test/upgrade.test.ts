import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { archiveOf } from './support/archive.ts'
import { assent } from './support/command-line.ts'
import { Connections, Door } from './support/door.ts'
import { type Managed, startManaged } from './support/management.ts'
import { endWithin, startProcess } from './support/own-process.ts'
import { testEngine } from './support/server.ts'
import { newPlace, startServerProcess } from './support/server-process.ts'

/** The last migration under which an act said in a column of its own whom it concerns. */
const withColumn = 6

let managed: Managed
let before: string
beforeAll(async () => {
  managed = await startManaged({
    begunAt: {
      migration: withColumn,
      write: async (db) => {
        await db.system.rows(sql`insert into company (kind, name) values ('customer', 'South Mill')`)
        const [row] = await db.system.rows<{ id: string }>(
          sql`insert into company (kind, name) values ('customer', 'North Bakery') returning id`,
        )
        before = (row as { id: string }).id
        // As it was recorded then, with what the location was called.
        await db.system.rows(sql`
          select record_act('location.created', array[${before}::text], '{"kind": "location", "id": "cellar"}', '{"label": "Cellar"}', '{}')`)
        const [act] = await db.system.rows(sql`select seq from act where companies = array[${before}]::text[]`)
        if (act === undefined) throw new Error('The schema of the test is not that of the migration it means.')
      },
    },
  })
})
afterAll(() => managed.close())

test('a record that was begun under an earlier version stays whole, and each company still sees its own acts alone', async () => {
  const member = await managed.addMember(before, 'administrator')
  const { acts } = (await member.ask('GET', '/acts?limit=1000')).body
  const shown = acts.map(({ verb, record }: { verb: string; record: string }) => [verb, JSON.parse(record).companies])
  expect(shown).toEqual([
    ['company.created', [before]],
    ['location.created', [before]],
    ['setup_link.created', [before]],
    ['setup_link.used', [before]],
    ['person.created', [before]],
    ['sign_in_method.created', [before]],
    ['member.created', [before]],
    ['session.started', [before]],
  ])

  const { code, out, err } = await assent({ server: managed.server }, 'audit', 'verify')
  expect([code, out + err]).toEqual([
    0,
    expect.stringMatching(/nothing was changed[\s\S]*earlier versions say it \(1: act \d+\)/),
  ])
})

test('a backup of an earlier schema is restored, and brought forward', async () => {
  const files = mkdtempSync(join(tmpdir(), 'assent-upgrade-'))
  const archive = join(files, 'earlier.backup')
  const earlier = await newPlace(testEngine, {
    migration: 5,
    write: async (db) => {
      await db.script("insert into company (id, kind, name) values ('kept', 'customer', 'Kept')")
      await archiveOf(db, archive)
    },
  })
  const to = await newPlace(testEngine, { migration: 0, write: async () => {} })
  const restoring = startProcess(['src/cli/main.ts', 'restore', archive, '--data', to.dataDir], to.env)
  expect([await endWithin(restoring), restoring.stdout() + restoring.stderr()]).toEqual([0, expect.stringMatching(/^Restored/)])

  const server = await startServerProcess([...to.flags, '--log-level', 'error'], to.env)
  const lines = new Connections(1)
  try {
    const door = new Door(server.url, to.dataDir)
    await door.subscribe('kept')
    const { secret } = await door.key(await door.account('kept'), 'own')
    const { status, text } = await lines.get(`${server.url}/rest/v1/organizations/kept/inventory`, secret)
    expect([status, JSON.parse(text).inventoryObjects.map(({ label }: { label: string }) => label)]).toEqual([200, ['Kept']])
  } finally {
    lines.close()
    server.signal('SIGTERM')
    expect(await endWithin(server)).toBe(0)
    await Promise.all([earlier.remove(), to.remove()])
    rmSync(files, { recursive: true })
  }
})

/** The last migration before consents had limits, coverage a feed, and keys networks. */
const withoutLimits = 16

test('who was covered under an earlier version is covered under this one, with the same key, subscription and consent', async () => {
  const earlier = await startManaged({
    begunAt: {
      migration: withoutLimits,
      write: (db) =>
        db.script(`
          insert into company (id, kind, name, partner_id) values ('mill', 'customer', 'South Mill', null), ('acme', 'partner', 'Acme', 'ACME');
          insert into subscription (company_id, kind, starts_at, ends_at) values ('mill', 'paid', now() - interval '1 day', now() + interval '30 days');
          insert into partnership (id, customer_id, partner_id) values ('both', 'mill', 'acme');
          insert into consent (partnership_id) values ('both');
          insert into api_key (id, company_id, kind, name, secret_hash, secret_name) values ('old', 'acme', 'all', 'Old', 'x', 'x');
          insert into gateway (id, company_id, name, secret_hash, secret_name) values ('cellar', 'mill', 'Cellar', 'x', 'x')`),
    },
  })
  try {
    const partner = await earlier.addMember('acme', 'administrator')
    const [customer] = (await partner.ask('GET', '/customers')).body.customers
    expect(customer).toMatchObject({
      organizationId: 'mill',
      state: 'valid',
      kinds: { inventory: true, alarms: true, sensors: true },
    })
    expect((await partner.ask('GET', '/keys/old')).body).toMatchObject({
      valid: true,
      covered: 1,
      organizations: [{ organizationId: 'mill', covered: true }],
    })
    const member = await earlier.addMember('mill', 'administrator')
    expect((await member.ask('DELETE', '/partnerships/both/consent')).status).toBeLessThan(300)
    expect((await partner.ask('GET', '/customers')).body.customers[0]).toMatchObject({ state: 'no consent' })
  } finally {
    await earlier.close()
  }
})
