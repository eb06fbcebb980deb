import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sql, { type Sql } from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { assent } from '../../test/support/command-line.ts'
import { type Managed, type Staffed, startManaged } from '../../test/support/management.ts'
import { signHead } from '../jobs/sign-head.ts'

let managed: Managed
let customer: Staffed
let directory: string
beforeAll(async () => {
  managed = await startManaged()
  directory = mkdtempSync(join(tmpdir(), 'assent-heads-'))
  customer = await managed.staffed('customer', 'North Bakery')
  for (const name of ['One', 'Two', 'Three']) await customer.ask('POST', '/gateways', { name })
  // As versions before 0039 recorded it: with what the device was called, which the vendor is not shown.
  await run(sql`
    select record_act('device.changed', array[${customer.id}::text], '{"kind": "device", "id": "ups"}', '{"label": "Cellar UPS"}', '{}')`)
  await run(
    sql`create table kept_act as select * from act`,
    sql`create table kept_personal as select * from act_personal`,
    sql`create table kept_head as select * from act_head`,
    sql`create table kept_signed as select * from signed_head`,
  )
})
afterEach(() =>
  // As it was before the fault that the test planted.
  run(
    sql`delete from act_personal`,
    sql`delete from act`,
    sql`insert into act select * from kept_act`,
    sql`insert into act_personal select * from kept_personal`,
    sql`delete from act_head`,
    sql`insert into act_head select * from kept_head`,
    sql`delete from signed_head`,
    sql`insert into signed_head select * from kept_signed`,
  ),
)
afterAll(async () => {
  rmSync(directory, { recursive: true })
  await managed.close()
})

async function run(...statements: Sql[]): Promise<void> {
  for (const statement of statements) await managed.server.database.system.rows(statement)
}

async function audit(...args: string[]) {
  const { code, out, err } = await assent({ server: managed.server }, 'audit', ...args)
  return { code, out: out + err }
}

async function savedHead(): Promise<string> {
  const file = join(directory, 'head.json')
  const { code, out } = await audit('head')
  expect(code).toBe(0)
  writeFileSync(file, out)
  return file
}

/** Makes all digests anew from act `from` on, and the head's: what somebody would do who owns the database. */
async function rebuildChain(from: number): Promise<void> {
  await managed.server.database.script(`
    do $$ declare one act; begin
      for one in select * from act where seq >= ${from} order by seq loop
        update act set previous = coalesce((select digest from act where seq = one.seq - 1), sha256('assent')) where seq = one.seq;
        update act set digest = sha256(previous || convert_to(record, 'UTF8')) where seq = one.seq;
      end loop;
      update act_head set (seq, digest) = (select seq, digest from act order by seq desc limit 1);
    end $$`)
}

const newest = async () => (await managed.vendor('GET', '/acts/head')).body.seq as number
const changed = (seq: number) =>
  run(
    sql`update act set record = replace(record, '"name": "Two"', '"name": "Too"') where record like '%"name": "Two"%' and ${seq} > 0`,
  )
const seqOf = async (text: string) => {
  const { body } = await managed.vendor('GET', '/acts?limit=1000')
  return body.acts.find((act: { record: string }) => act.record.includes(text)).seq as number
}

test('an untouched record is found whole, with a head that was saved before', async () => {
  const file = await savedHead()
  const { code, out } = await audit('verify', '--head', file)
  expect(out).toMatch(/nothing was changed/)
  expect(code).toBe(0)
})

test('an act whose record is not shown whole is recomputed by the server, which finds what was changed in it', async () => {
  const { out: listed } = await audit('list', '--json')
  expect([listed.includes('"ups'), listed.includes('Cellar UPS')]).toEqual([true, false])
  const found = await audit('verify')
  expect([found.code, found.out]).toEqual([
    0,
    expect.stringMatching(/nothing was changed[\s\S]*earlier versions say it \(1: act \d+\).* server recomputed these/),
  ])
  const seq = await seqOf('device.changed')
  await run(sql`update act set record = replace(record, '"ups"', '"psu"') where seq = ${seq}`)
  const { code, out } = await audit('verify')
  expect([code, out]).toEqual([1, expect.stringContaining(`Act ${seq} was changed: its record does not make its digest.`)])
  await run(sql`update act_personal set data = '{"from": "192.0.2.1"}' where seq = ${seq}`)
  const told = (await audit('verify')).out.split('\n').filter((line) => line.includes('personal data'))
  expect(told).toEqual([`Act ${seq} has personal data that were changed.`])
})

test('every act says who, what, when, from where; personal data lie beside the chain', async () => {
  const seq = await seqOf('"name": "One"')
  const { body } = await managed.vendor('GET', `/acts?after=${seq - 1}&limit=1`)
  const record = JSON.parse(body.acts[0].record)
  expect(record).toMatchObject({
    verb: 'gateway.created',
    actor: { kind: 'person' },
    companies: [customer.id],
    subject: { kind: 'gateway' },
  })
  expect(JSON.parse(body.acts[0].personal.data)).toEqual({ from: '127.0.0.1' })
  expect(body.acts[0].record).not.toContain('127.0.0.1')
})

test('a company that has an address keeps it in the record, beside where its maker sat', async () => {
  const { body } = await managed.vendor('POST', '/companies', { kind: 'customer', name: 'Addressed', address: '1 Mill Lane' })
  const { acts } = (await managed.vendor('GET', '/acts?limit=1000')).body
  const made = acts.find((act: { record: string }) => act.record.includes(body.id))
  expect(JSON.parse(made.personal.data)).toMatchObject({ address: '1 Mill Lane', from: '127.0.0.1' })
})

test('a changed act is found', async () => {
  const seq = await seqOf('"name": "Two"')
  await changed(seq)
  const { code, out } = await audit('verify')
  expect([code, out]).toEqual([1, expect.stringContaining(`Act ${seq} was changed: its record does not make its digest.`)])
})

test('an act that is hidden from its company is found: who sees an act is read from what the chain covers', async () => {
  const seq = await seqOf('"name": "Two"')
  const seen = async () =>
    (await customer.ask('GET', '/acts?limit=1000')).body.acts.some((act: { seq: number }) => act.seq === seq)
  expect(await seen()).toBe(true)
  await run(sql`update act set record = jsonb_set(record::jsonb, '{companies}', '[]')::text where seq = ${seq}`)
  expect(await seen()).toBe(false)
  const { code, out } = await audit('verify')
  expect([code, out]).toEqual([1, expect.stringContaining(`Act ${seq} was changed: its record does not make its digest.`)])
  const columns = await managed.server.database.system.rows<{ name: string }>(
    sql`select attname::text as name from pg_attribute where attrelid = 'act'::regclass and attnum > 0 and not attisdropped order by 1`,
  )
  // The rest of a row is held against the record, too: nothing beside it decides who sees it.
  expect(columns.map(({ name }) => name)).toEqual(['at', 'digest', 'previous', 'record', 'seq', 'verb'])
})

test('a removed act is found', async () => {
  const seq = await seqOf('"name": "Two"')
  await run(sql`delete from act_personal where seq = ${seq}`, sql`delete from act where seq = ${seq}`)
  const { code, out } = await audit('verify')
  expect([code, out]).toEqual([1, expect.stringContaining(`Act ${seq} is missing.`)])
})

test('a cut tail is found by the head', async () => {
  const seq = await newest()
  await run(sql`delete from act_personal where seq >= ${seq - 1}`, sql`delete from act where seq >= ${seq - 1}`)
  const { code, out } = await audit('verify')
  expect([code, out]).toEqual([
    1,
    expect.stringContaining(`Act ${seq - 1} and later ones are missing: the present head is of act ${seq}.`),
  ])
})

test('a cut tail with a head put back to it is found by a head that was saved', async () => {
  const file = await savedHead()
  const seq = await newest()
  await run(sql`delete from act_personal where seq = ${seq}`, sql`delete from act where seq = ${seq}`)
  await rebuildChain(seq)
  expect((await audit('verify')).code).toBe(0)
  const { code, out } = await audit('verify', '--head', file)
  expect([code, out]).toEqual([1, expect.stringContaining(`Act ${seq} and later ones are missing`)])
})

test('a record that was rebuilt after a change is found by a head that was saved', async () => {
  const file = await savedHead()
  const seq = await seqOf('"name": "Two"')
  await changed(seq)
  await rebuildChain(seq)
  expect((await audit('verify')).code).toBe(0)
  const { code, out } = await audit('verify', '--head', file)
  expect([code, out]).toEqual([
    1,
    expect.stringMatching(/is not the act that the head in .* names: the record was rebuilt up to here/),
  ])
})

test('a rebuilt record is found by the heads that were signed each hour, without any that was saved', async () => {
  await signHead(managed.server.context)
  const seq = await seqOf('"name": "Two"')
  await changed(seq)
  await rebuildChain(seq)
  const { code, out } = await audit('verify')
  expect([code, out]).toEqual([1, expect.stringMatching(/is not the act that the head signed at .* names/)])
})

test('changed personal data are found; erased ones are no fault', async () => {
  const seq = await seqOf('"name": "Two"')
  await run(sql`update act_personal set data = replace(data, '127.0.0.1', '192.0.2.1') where seq = ${seq}`)
  const { code, out } = await audit('verify')
  expect([code, out]).toEqual([1, expect.stringContaining(`Act ${seq} has personal data that were changed.`)])
  await run(sql`delete from act_personal where seq = ${seq}`)
  expect((await audit('verify')).code).toBe(0)
})

test('a head that was tampered with is refused', async () => {
  const file = await savedHead()
  const { out } = await audit('head')
  writeFileSync(file, out.replace(/"seq": \d+/, '"seq": 1'))
  expect(await audit('verify', '--head', file)).toEqual({ code: 1, out: expect.stringMatching(/whose signature is wrong/) })
})

test('an act whose verb or time is shown otherwise than it was recorded is found', async () => {
  const seq = await seqOf('"name": "Two"')
  await run(sql`update act set verb = 'gateway.removed' where seq = ${seq}`)
  expect((await audit('verify')).out).toContain(`Act ${seq} is shown with another verb or time than its record has.`)
})

test("a company sees its own acts alone, without others' personal data, and cannot tell what is missing", async () => {
  const partner = await managed.staffed('partner', 'Acme')
  await managed.vendor('POST', '/partnerships', { customerId: customer.id, partnerId: partner.partnerId })
  const { body } = await partner.ask('GET', '/acts?limit=1000')
  expect(body.whole).toBe(false)
  const verbs = body.acts.map((act: { verb: string; personal?: object }) => [act.verb, act.personal !== undefined])
  expect(verbs).toContainEqual(['company.created', false])
  expect(verbs).toContainEqual(['member.created', true])
  expect(verbs).toContainEqual(['partnership.connected', false])
  for (const act of body.acts) expect(JSON.parse(act.record).companies).toContain(partner.id)
  const other = await managed.addMember(partner.id, 'viewer')
  expect((await other.ask('GET', '/acts')).status).toBe(403)
})

test('acts come in pages that join without a gap', async () => {
  const all = (await managed.vendor('GET', '/acts?limit=1000')).body.acts
  const pages = []
  for (let next: number | undefined = 0; next !== undefined; ) {
    const { body } = await managed.vendor('GET', `/acts?after=${next}&limit=4`)
    expect(body.acts.length).toBeLessThanOrEqual(4)
    pages.push(...body.acts)
    next = body.next
  }
  expect(pages).toEqual(all)
  expect((await managed.vendor('GET', '/acts?limit=0')).body.detail).toMatch(/^query\.limit: /)
})
