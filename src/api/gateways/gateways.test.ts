import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Managed, type Staffed, startManaged } from '../../../test/support/management.ts'

let managed: Managed
let customer: Staffed
beforeAll(async () => {
  managed = await startManaged()
  customer = await managed.staffed('customer', 'North Bakery')
})
afterAll(() => managed.close())

const gateway = async (token: string) =>
  (await fetch(`${managed.server.url}/ingest/v1/gateway`, { headers: { authorization: `Bearer ${token}` } })).status

test('a gateway gets a token that is shown once, works at the ingest API, and ends with the gateway', async () => {
  const made = await customer.ask('POST', '/gateways', { name: 'Cellar' })
  expect(made.status).toBe(201)
  expect(made.body.gateway).toMatchObject({ name: 'Cellar', devices: 0 })
  expect(made.body.token).toMatch(/^gw_/)
  expect(await gateway(made.body.token)).toBe(200)

  const listed = (await customer.ask('GET', '/gateways')).body.gateways
  expect(listed).toEqual([expect.objectContaining({ id: made.body.gateway.id, name: 'Cellar' })])
  expect(JSON.stringify(listed)).not.toContain(made.body.token)

  expect((await customer.ask('DELETE', `/gateways/${made.body.gateway.id}`)).status).toBe(204)
  expect(await gateway(made.body.token)).toBe(401)
  expect((await customer.ask('GET', '/gateways')).body.gateways).toEqual([])
  expect((await customer.ask('DELETE', `/gateways/${made.body.gateway.id}`)).status).toBe(404)
})

test('a gateway counts the devices that it reports, and no others', async () => {
  const first = await customer.ask('POST', '/gateways', { name: 'One' })
  await customer.ask('POST', '/gateways', { name: 'Two' })
  const device = (ref: string) => ({ ref, type: 'UPS', label: ref })
  const sent = await fetch(`${managed.server.url}/ingest/v1/batches`, {
    method: 'POST',
    headers: { authorization: `Bearer ${first.body.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ batchId: 'b1', inventory: { full: true, locations: [], devices: [device('u1'), device('u2')] } }),
  })
  expect(sent.status).toBe(200)
  const { gateways } = (await customer.ask('GET', '/gateways')).body
  expect(gateways.map((one: { name: string; devices: number }) => [one.name, one.devices])).toEqual([
    ['One', 2],
    ['Two', 0],
  ])
})

test("another customer's gateway is not found", async () => {
  const other = await managed.staffed('customer', 'South Bakery')
  const made = await other.ask('POST', '/gateways', { name: 'Attic' })
  expect((await customer.ask('DELETE', `/gateways/${made.body.gateway.id}`)).status).toBe(404)
  expect(await gateway(made.body.token)).toBe(200)
})
