import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommandLine } from '../src/cli/main.ts'
import { type Managed, startManaged } from './support/management.ts'

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
    ['setup_link.created', [before]],
    ['setup_link.used', [before]],
    ['member.created', [before]],
    ['session.started', [before]],
  ])

  let out = ''
  const say = (text: string) => {
    out += text
  }
  const settings = { token: undefined, url: undefined, dataDir: managed.server.dataDir }
  const code = await runCommandLine(['audit', 'verify'], settings, { out: say, err: say })
  expect([code, out]).toEqual([0, expect.stringContaining('nothing was changed')])
})
