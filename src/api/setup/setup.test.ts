import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailsTo } from '../../../test/support/mailed.ts'
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
  const token = await linkFor(partner.id, { role: 'viewer', email: 'one@example.com' })
  const seen = await managed.ask('POST', '/setup/look-up', { token })
  expect(seen.body).toMatchObject({ company: { name: 'Acme, Inc.', kind: 'partner' } })

  const [first, second] = await Promise.all(
    ['One', 'Two'].map((name) => managed.ask('POST', '/setup', { token, name, password: testPassword })),
  )
  expect([first?.status, second?.status].sort()).toEqual([201, 404])
  expect((first?.status === 201 ? first : second)?.body).toMatchObject({ role: 'viewer', company: { id: partner.id } })
  expect((await managed.ask('POST', '/setup/look-up', { token })).status).toBe(404)
})

test('the administrators that there are are told who joined by a link, once each; the first one has nobody to be told', async () => {
  const { id, email } = await managed.staffed('customer', 'North Bakery')
  expect((await mailsTo(managed.server, email)).map(({ message }) => message)).toEqual([])
  const token = await linkFor(id, { role: 'administrator', email: 'dora@example.com' })
  await managed.ask('POST', '/setup', { token, name: 'Dora', password: testPassword })
  const [told, ...others] = await mailsTo(managed.server, email)
  expect([told?.subject, others]).toEqual(['Dora has joined North Bakery', []])
  expect(told?.words).toMatch(/set-up link.*dora@example\.com.*Administrator/)
  expect((await mailsTo(managed.server, 'dora@example.com')).map(({ message }) => message)).toEqual([])
})

test('a link is for one address, which its holder learns about and of no other', async () => {
  const nobodys = await managed.vendor('POST', `/companies/${partner.id}/setup-links`, { role: 'viewer' })
  expect(nobodys.status).toBe(400)
  const token = await linkFor(partner.id, { role: 'administrator', email: 'Ann@Example.com' })
  expect((await managed.ask('POST', '/setup/look-up', { token })).body.email).toBe('ann@example.com')
  const [taken, free] = await Promise.all(
    [partner.email, 'eve@example.com'].map((email) =>
      managed.ask('POST', '/setup', { token, name: 'Eve', email, password: testPassword }),
    ),
  )
  expect([taken?.status, taken?.body.detail]).toEqual([free?.status, free?.body.detail])
  expect(free?.status).toBe(400)
  const own = await managed.ask('POST', '/setup', { token, name: 'Ann', password: testPassword })
  expect(own.body.person.email).toBe('ann@example.com')
})

test('an address that has an account is not taken over, and the link stays good', async () => {
  const token = await linkFor(partner.id, { role: 'administrator', email: partner.email })
  const tried = () => managed.ask('POST', '/setup', { token, name: 'Eve', password: 'another long password' })
  const taken = await tried()
  expect([taken.status, taken.body.title]).toEqual([409, 'This address has an account'])
  expect((await managed.ask('POST', '/session', { email: partner.email, password: 'another long password' })).status).toBe(401)
  expect((await managed.ask('POST', '/setup/look-up', { token })).status).toBe(200)
  // Nor is it tried without an end.
  for (let more = 1; more < proofLimits.perEmail; more += 1) expect((await tried()).status).toBe(409)
  expect((await tried()).status).toBe(429)
})

test('a short password, a mistyped link and a missing name each get a sentence', async () => {
  const token = await linkFor(partner.id, { role: 'viewer', email: 'a@example.com' })
  const short = await managed.ask('POST', '/setup', { token, name: 'A', password: 'eleven char' })
  expect([short.status, short.body.detail]).toEqual([400, 'body.password: must have 12 characters or more'])
  const mistyped = await managed.ask('POST', '/setup/look-up', { token: `${token.slice(0, -1)}_` })
  expect([mistyped.status, mistyped.body.title]).toEqual([404, 'This link is not valid'])
  const nameless = await managed.ask('POST', '/setup', { token, name: '  ', password: testPassword })
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
