import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Managed, type Staffed, startManaged } from '../../../test/support/management.ts'

let managed: Managed
let customer: Staffed
beforeAll(async () => {
  managed = await startManaged()
  customer = await managed.staffed('customer', 'North Bakery')
})
afterAll(() => managed.close())

const create = (body: object, ask = customer.ask) =>
  ask('POST', '/access-tokens', { name: 'A program', expiresInDays: 30, ...body })
const bearer = (token: string) => managed.asking({ authorization: `Bearer ${token}` })

test('a token may what its role may, in its own company', async () => {
  const administrator = await create({})
  expect([administrator.status, administrator.body.accessToken.role]).toEqual([201, 'administrator'])
  const viewer = await create({ role: 'viewer' })
  expect((await bearer(viewer.body.token)('GET', '/gateways')).status).toBe(200)
  expect((await bearer(viewer.body.token)('POST', '/gateways', { name: 'g' })).status).toBe(403)
  expect((await bearer(administrator.body.token)('POST', '/gateways', { name: 'g' })).status).toBe(201)
  expect((await bearer(administrator.body.token)('GET', '/companies')).status).toBe(403)
  expect((await bearer(administrator.body.token)('GET', '/session')).status).toBe(401)
})

test('a token never may more than its maker may now', async () => {
  const { database } = managed.server
  const maker = await managed.addMember(customer.id, 'administrator')
  const { body } = await create({}, maker.ask)
  const rename = () => bearer(body.token)('POST', '/gateways', { name: 'g' })
  expect((await rename()).status).toBe(201)
  const person = sql`(select id from person where email = ${maker.email})`
  await database.system.rows(sql`update member set role = 'viewer' where person_id = ${person}`)
  expect((await rename()).status).toBe(403)
  expect((await bearer(body.token)('GET', '/gateways')).status).toBe(200)
  await database.system.rows(sql`delete from member where person_id = ${person}`)
  expect((await bearer(body.token)('GET', '/gateways')).status).toBe(401)
})

test('a token makes none that outlives itself or may more', async () => {
  const { body } = await create({ role: 'administrator', expiresInDays: 10 })
  expect((await create({ expiresInDays: 11 }, bearer(body.token))).body.detail).toMatch(/outlives/)
  expect((await create({ expiresInDays: 9 }, bearer(body.token))).status).toBe(201)
})

test('a token that has expired, was deleted, is mistyped or of a suspended company is refused', async () => {
  const { database } = managed.server
  const { body } = await create({})
  const works = async () => (await bearer(body.token)('GET', '/gateways')).status
  expect(await works()).toBe(200)
  const mistyped = body.token.slice(0, -1) + (body.token.endsWith('x') ? 'y' : 'x')
  expect((await bearer(mistyped)('GET', '/gateways')).status).toBe(401)
  await managed.vendor('PUT', `/companies/${customer.id}/suspension`)
  expect(await works()).toBe(401)
  await managed.vendor('DELETE', `/companies/${customer.id}/suspension`)
  expect(await works()).toBe(200)
  expect((await customer.ask('DELETE', `/access-tokens/${body.accessToken.id}`)).status).toBe(204)
  expect(await works()).toBe(401)
  expect((await customer.ask('DELETE', `/access-tokens/${body.accessToken.id}`)).status).toBe(404)

  const other = await create({})
  await database.system.rows(sql`update access_token set expires_at = now() where id = ${other.body.accessToken.id}`)
  expect((await bearer(other.body.token)('GET', '/gateways')).status).toBe(401)
})

test('the database holds no token, and the list shows none', async () => {
  const { body } = await create({ name: 'Canary' })
  const secretPart = body.token.slice('at_'.length + 12)
  const listed = await customer.ask('GET', '/access-tokens')
  expect(listed.body.accessTokens).toContainEqual(body.accessToken)
  expect(JSON.stringify(listed.body)).not.toContain(secretPart)
  const stored = await managed.server.database.system.rows(
    sql`select t::text as "text" from access_token t union all select record from act`,
  )
  expect(stored.length).toBeGreaterThan(0)
  expect(JSON.stringify(stored)).not.toContain(secretPart)
})
