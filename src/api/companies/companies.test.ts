import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Managed, startManaged } from '../../../test/support/management.ts'

let managed: Managed
beforeAll(async () => {
  managed = await startManaged()
})
afterAll(() => managed.close())

const create = (body: object) => managed.vendor('POST', '/companies', body)

test('a Partner ID is made of the name: capitals, digits, underscores, and unique', async () => {
  const made = async (name: string) => (await create({ kind: 'partner', name })).body.partnerId
  expect(await made('Acme, Inc.')).toBe('ACME_INC')
  expect(await made('Acme Inc')).toBe('ACME_INC_2')
  expect(await made('ACME (Inc)')).toBe('ACME_INC_3')
  expect(await made('Würth & Söhne 24')).toBe('WURTH_SOHNE_24')
  expect(await made('株式会社')).toBe('PARTNER')
  expect(await made('x'.repeat(200))).toBe('X'.repeat(64))
  expect(await made('x'.repeat(199))).toBe(`${'X'.repeat(62)}_2`)
})

test('a Partner ID of its own is taken once; a customer has none', async () => {
  expect((await create({ kind: 'partner', name: 'Best', partnerId: 'BEST_1' })).body.partnerId).toBe('BEST_1')
  const again = await create({ kind: 'partner', name: 'Other', partnerId: 'BEST_1' })
  expect([again.status, again.body.title]).toEqual([409, 'This Partner ID is taken'])
  expect((await create({ kind: 'customer', name: 'C', partnerId: 'C' })).status).toBe(400)
  expect((await create({ kind: 'partner', name: 'P', partnerId: 'not so' })).body.detail).toMatch(
    /capitals, digits and underscores/,
  )
})

test('what is given of a company is shown; what is changed changes, null takes away, the rest stays', async () => {
  const given = {
    kind: 'customer',
    name: 'North Bakery',
    address: '1 Mill Lane',
    contactEmail: 'it@example.com',
    contactPhone: '+1 555 0100',
  }
  const { status, body } = await create(given)
  const bare = { requiresTwoFactor: false, allowsVisits: true }
  expect([status, body]).toEqual([201, { ...given, ...bare, id: body.id, createdAt: body.createdAt }])
  const change = { name: 'Nord', contactPhone: null, requiresTwoFactor: true }
  const changed = await managed.vendor('PATCH', `/companies/${body.id}`, change)
  expect(changed.body).toEqual({
    id: body.id,
    kind: 'customer',
    name: 'Nord',
    address: '1 Mill Lane',
    contactEmail: 'it@example.com',
    requiresTwoFactor: true,
    allowsVisits: true,
    createdAt: body.createdAt,
  })
  expect((await managed.vendor('GET', `/companies/${body.id}`)).body).toEqual(changed.body)
  expect((await managed.vendor('GET', '/companies')).body.companies).toContainEqual(changed.body)
})

test('a suspension is there until it is ended; the vendor is never suspended', async () => {
  const { body } = await create({ kind: 'customer', name: 'South Bakery' })
  const suspended = async () => (await managed.vendor('GET', `/companies/${body.id}`)).body.suspendedAt
  await managed.vendor('PUT', `/companies/${body.id}/suspension`)
  const since = await suspended()
  expect(since).toBeTypeOf('string')
  expect((await managed.vendor('PUT', `/companies/${body.id}/suspension`)).status).toBe(204)
  expect(await suspended()).toBe(since)
  await managed.vendor('DELETE', `/companies/${body.id}/suspension`)
  expect(await suspended()).toBeUndefined()

  const vendor = (await managed.vendor('GET', '/companies')).body.companies.find((one: { kind: string }) => one.kind === 'vendor')
  expect((await managed.vendor('PUT', `/companies/${vendor.id}/suspension`)).status).toBe(404)
})

test('what does not fit is named by its place; a company that is not there is not found', async () => {
  const refused = await create({ kind: 'demo', name: 'a\u0000b', phone: 'x' })
  expect(refused.status).toBe(400)
  expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  expect(refused.body.errors.map((error: { where: string }) => error.where)).toEqual(['body.kind', 'body.name', 'body'])
  for (const id of ['nothing', 'a%00b', '%F0%9F%98%80'])
    expect((await managed.vendor('GET', `/companies/${id}`)).status).toBe(404)
  expect((await managed.vendor('PATCH', '/companies/nothing', { name: 'x' })).status).toBe(404)
})
