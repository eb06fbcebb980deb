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

test('a token that is replaced is refused at once, and the new one works: an act of its own, told by mail', async () => {
  const made = await customer.ask('POST', '/gateways', { name: 'Stairs' })
  const { id } = made.body.gateway
  const replaced = await customer.ask('POST', `/gateways/${id}/token`)
  expect(replaced.status).toBe(201)
  expect([await gateway(made.body.token), await gateway(replaced.body.token)]).toEqual([401, 200])
  const { body } = await customer.ask('GET', '/acts?limit=1000')
  const act = body.acts.find((one: { verb: string }) => one.verb === 'gateway.token_replaced')
  expect(JSON.parse(act.record)).toMatchObject({ subject: { kind: 'gateway', id }, details: {} })
  const { mails } = (await managed.vendor('GET', '/mails')).body
  expect(mails[0]).toMatchObject({ subject: 'A gateway’s token was replaced: Stairs', recipient: customer.email })

  const other = await managed.staffed('customer', 'West Bakery')
  expect((await other.ask('POST', `/gateways/${id}/token`)).status).toBe(404)
  expect(await gateway(replaced.body.token)).toBe(200)
})

test('a gateway is silent until it is heard of, and says what waits at it; that nothing waits any more is told at once', async () => {
  const { body } = await customer.ask('POST', '/gateways', { name: 'Yard' })
  const shown = async () => {
    const { gateways } = (await customer.ask('GET', '/gateways')).body
    const { silent, waitingBytes } = gateways.find(({ name }: { name: string }) => name === 'Yard')
    return { silent, waitingBytes }
  }
  const heard = (headers: Record<string, string>) =>
    fetch(`${managed.server.url}/ingest/v1/gateway`, { headers: { authorization: `Bearer ${body.token}`, ...headers } })
  expect(await shown()).toEqual({ silent: true, waitingBytes: undefined })
  await heard({ 'assent-waiting-bytes': '12345' })
  expect(await shown()).toEqual({ silent: false, waitingBytes: 12345 })
  await heard({ 'assent-waiting-bytes': '0' })
  expect(await shown()).toEqual({ silent: false, waitingBytes: 0 })
})
