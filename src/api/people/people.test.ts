import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cookieOf, type Managed, type Staffed, startManaged, testPassword } from '../../../test/support/management.ts'
import { verified } from '../../../test/support/verified-acts.ts'

let managed: Managed
let partner: Staffed
beforeAll(async () => {
  managed = await startManaged()
  partner = await managed.staffed('partner', 'Acme Power')
}, 60_000)
afterAll(() => managed.close())

const db = () => managed.server.database.system
const personOf = async (staffed: Staffed) => (await staffed.ask('GET', '/session')).body.person.id as string

/** Everything in the database and in what is told of acts, as one text. */
async function everything(): Promise<string> {
  const tables = await db().rows<{ name: string }>(sql`
    select table_name::text as "name" from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`)
  const texts: string[] = []
  for (const { name } of tables) {
    const rows = await db().rows<{ text: string }>(sql([`select row_to_json(t)::text as "text" from "${name}" t`]))
    texts.push(...rows.map(({ text }) => `${name}: ${text}`))
  }
  return texts.join('\n')
}

describe('the data of a person', () => {
  test('are given to that person as a file, with all that is theirs, and with no secret', async () => {
    const member = await managed.addMember(partner.id, 'administrator')
    const token = await member.ask('POST', '/access-tokens', { name: 'Nightly', expiresInDays: 1 })
    await member.ask('POST', '/keys', { name: 'Theirs', kind: 'demo' })
    const { status, body, headers } = await member.ask('GET', '/account/data')
    expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      200,
      'application/json',
      expect.stringMatching(/^attachment; filename="my-data-\d{4}-.*\.json"$/),
    ])
    const id = await personOf(member)
    expect(body.person).toEqual([expect.objectContaining({ id, email: member.email })])
    expect(body['session.person_id']).toHaveLength(1)
    expect(body['sign_in_method.person_id']).toEqual([expect.objectContaining({ provider_id: 'credential' })])
    expect(body['member.person_id']).toEqual([expect.objectContaining({ company_id: partner.id, role: 'administrator' })])
    expect(body['access_token.member_id']).toEqual([expect.objectContaining({ name: 'Nightly' })])
    expect(body['api_key.created_by']).toEqual([expect.objectContaining({ name: 'Theirs' })])
    expect(body['mail.recipient'].map(({ message }: { message: string }) => message)).toContain('key-generated')
    const verbs = body.acts.map(({ verb }: { verb: string }) => verb)
    expect(verbs).toEqual(expect.arrayContaining(['member.created', 'session.started', 'access_token.created', 'key.created']))

    const stored = await db().rows<{ secret: string | null }>(sql`
      select token as secret from session where person_id = ${id}
       union all select password from sign_in_method where person_id = ${id}
       union all select encode(secret_hash, 'hex') from access_token
       union all select encode(secret_hash, 'base64') from api_key`)
    const text = JSON.stringify(body)
    for (const { secret } of stored) expect(text).not.toContain(secret)
    expect(text).not.toContain(token.body.token.slice(-39))
    expect(text).not.toContain(testPassword)
  })

  test('are nobody else’s, and hold no address from where somebody else acted', async () => {
    const member = await managed.addMember(partner.id, 'viewer')
    const { body } = await member.ask('GET', '/account/data')
    expect(JSON.stringify(body)).not.toContain(partner.email)
    const invited = body.acts.find(({ verb }: { verb: string }) => verb === 'setup_link.created')
    expect(invited.personal).toEqual({ email: member.email })
    expect(body.acts.find(({ verb }: { verb: string }) => verb === 'member.created').personal.from).toBeDefined()
  })
})

describe('a person who is erased', () => {
  test('is nowhere any more: not in a table, not in the record, and the record verifies', async () => {
    const member = await managed.addMember(partner.id, 'administrator')
    const id = await personOf(member)
    const token = await member.ask('POST', '/access-tokens', { name: 'Nightly', expiresInDays: 1 })
    const program = managed.asking({ authorization: `Bearer ${token.body.token}` })
    await program('POST', '/keys', { name: 'Kept', kind: 'demo' })
    const name = (await member.ask('GET', '/session')).body.person.name
    expect(await everything()).toContain(member.email)

    const wrong = await member.ask('POST', '/account/erasure', { email: partner.email })
    expect([wrong.status, wrong.body.type]).toEqual([422, expect.stringContaining('#address-not-repeated')])
    const erased = await member.ask('POST', '/account/erasure', { email: member.email.toUpperCase() })
    expect(erased.status).toBe(204)
    expect(cookieOf(erased)).toMatch(/session_token=$/)

    const left = await everything()
    expect(left).not.toContain(member.email)
    expect(left).not.toContain(`"${name}"`)
    expect(left.split('\n').filter((line) => line.includes(id) && !line.startsWith('act: '))).toEqual([])
    expect((await member.ask('GET', '/session')).status).toBe(401)
    expect((await program('GET', '/keys')).status).toBe(401)
    expect((await managed.ask('POST', '/session', { email: member.email, password: testPassword })).status).toBe(401)
    const keys = await partner.ask('GET', '/keys')
    expect(keys.body.keys.map((key: { name: string }) => key.name)).toContain('Kept')
    expect(await verified(managed)).toEqual([])
    const [act] = await db().rows<{ personal: boolean }>(sql`
      select exists (select from act_personal p where p.seq = a.seq) as "personal"
        from act a where a.verb = 'person.deleted' and strpos(a.record, ${id}) > 0`)
    expect(act).toEqual({ personal: false })
  })

  test('may be erased by an administrator of its company and by the vendor, by nobody else', async () => {
    const members = [await managed.addMember(partner.id, 'viewer'), await managed.addMember(partner.id, 'viewer')]
    const [first, second] = [await personOf(members[0] as Staffed), await personOf(members[1] as Staffed)]
    const other = await managed.staffed('partner', 'Elsewhere')
    expect((await other.ask('DELETE', `/people/${first}`)).status).toBe(404)
    expect((await (members[1] as Staffed).ask('DELETE', `/people/${first}`)).status).toBe(403)
    expect((await partner.ask('DELETE', `/people/${first}`)).status).toBe(204)
    expect((await managed.vendor('DELETE', `/people/${second}`)).status).toBe(204)
    expect((await managed.vendor('DELETE', `/people/${second}`)).status).toBe(404)
    for (const member of members) expect((await member.ask('GET', '/session')).status).toBe(401)
  })

  test('is not the last administrator of a company, not even of two who go at once', async () => {
    const company = await managed.staffed('partner', 'Two at once')
    const last = await company.ask('POST', '/account/erasure', { email: company.email })
    expect([last.status, last.body.type]).toEqual([409, expect.stringContaining('#last-administrator')])
    expect((await managed.vendor('DELETE', `/people/${await personOf(company)}`)).status).toBe(409)
    const second = await managed.addMember(company.id, 'administrator')
    const statuses = await Promise.all(
      [company, second].map(async ({ ask, email }) => (await ask('POST', '/account/erasure', { email })).status),
    )
    expect(statuses.sort()).toEqual([204, 409])
  })
})
