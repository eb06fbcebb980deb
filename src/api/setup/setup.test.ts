import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Managed, type Staffed, startManaged, testPassword } from '../../../test/support/management.ts'
import { proofLimits } from '../../auth/sign-in-limits.ts'
import { vendorSetupLink } from '../../auth/vendor.ts'

let managed: Managed
let partner: Staffed
beforeAll(async () => {
  managed = await startManaged()
  partner = await managed.staffed('partner', 'Acme, Inc.')
})
afterAll(() => managed.close())

const linkFor = async (company: string, given: object) => {
  const { status, body } = await managed.vendor('POST', `/companies/${company}/setup-links`, given)
  expect(status).toBe(201)
  return String(body.url).split('#')[1] as string
}

test('a link makes one account in its company, with its role, once', async () => {
  const token = await linkFor(partner.id, { role: 'viewer' })
  const seen = await managed.ask('POST', '/setup/look-up', { token })
  expect(seen.body).toMatchObject({ company: { name: 'Acme, Inc.', kind: 'partner' } })

  const [first, second] = await Promise.all(
    ['one@example.com', 'two@example.com'].map((email) =>
      managed.ask('POST', '/setup', { token, name: 'One', email, password: testPassword }),
    ),
  )
  expect([first?.status, second?.status].sort()).toEqual([201, 404])
  expect((first?.status === 201 ? first : second)?.body).toMatchObject({ role: 'viewer', company: { id: partner.id } })
  expect((await managed.ask('POST', '/setup/look-up', { token })).status).toBe(404)
})

test('a link for an address makes an account with no other address', async () => {
  const token = await linkFor(partner.id, { role: 'administrator', email: 'Ann@Example.com' })
  expect((await managed.ask('POST', '/setup/look-up', { token })).body.email).toBe('ann@example.com')
  const other = await managed.ask('POST', '/setup', { token, name: 'Eve', email: 'eve@example.com', password: testPassword })
  expect(other.status).toBe(400)
  const own = await managed.ask('POST', '/setup', { token, name: 'Ann', password: testPassword })
  expect(own.body.person.email).toBe('ann@example.com')
})

test('an address that has an account is not taken over, and the link stays good', async () => {
  const token = await linkFor(partner.id, { role: 'administrator' })
  const tried = () =>
    managed.ask('POST', '/setup', { token, name: 'Eve', email: partner.email, password: 'another long password' })
  const taken = await tried()
  expect([taken.status, taken.body.title]).toEqual([409, 'This address has an account'])
  expect((await managed.ask('POST', '/session', { email: partner.email, password: 'another long password' })).status).toBe(401)
  expect((await managed.ask('POST', '/setup/look-up', { token })).status).toBe(200)
  // Nor does it tell of many addresses whether they have one.
  for (let more = 1; more < proofLimits.perEmail; more += 1) expect((await tried()).status).toBe(409)
  expect((await tried()).status).toBe(429)
})

test('a short password, a mistyped link and a missing name each get a sentence', async () => {
  const token = await linkFor(partner.id, { role: 'viewer' })
  const short = await managed.ask('POST', '/setup', { token, name: 'A', email: 'a@example.com', password: 'eleven char' })
  expect([short.status, short.body.detail]).toEqual([400, 'body.password: must have 12 characters or more'])
  const mistyped = await managed.ask('POST', '/setup/look-up', { token: `${token.slice(0, -1)}_` })
  expect([mistyped.status, mistyped.body.title]).toEqual([404, 'This link is not valid'])
  const nameless = await managed.ask('POST', '/setup', { token, name: '  ', email: 'a@example.com', password: testPassword })
  expect(nameless.body.errors).toEqual([{ where: 'body.name', message: 'is empty' }])
})

test("the vendor's first link makes its administrator; afterwards there is none", async () => {
  const { context } = managed.server
  const replaced = await vendorSetupLink(context)
  const link = await vendorSetupLink(context)
  const use = (url: string | undefined) =>
    managed.ask('POST', '/setup', { token: url?.split('#')[1], name: 'Vera', email: 'vera@example.com', password: testPassword })
  expect((await use(replaced?.url)).status).toBe(404)
  expect((await use(link?.url)).body).toMatchObject({ role: 'administrator', company: { kind: 'vendor' } })
  expect(await vendorSetupLink(context)).toBeNull()
})
