import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, inDays, type Managed, type Staffed, startManaged } from '../../../test/support/management.ts'
import { openStream } from '../../../test/support/measurement-stream.ts'

let managed: Managed
let partner: Staffed
let customer: Staffed
let partnership: string
let gateway: string
let key: string
let reports = 0

beforeAll(async () => {
  managed = await startManaged()
  partner = await managed.staffed('partner', 'Acme, Inc.')
  customer = await managed.staffed('customer', 'North Bakery')
  await managed.vendor('POST', `/companies/${customer.id}/subscriptions`, { kind: 'paid', endsAt: inDays(30) })
  partnership = await connect(managed, customer, partner)
  await customer.ask('PUT', `/partnerships/${partnership}/consent`, {})
  gateway = (await customer.ask('POST', '/gateways', { name: 'Cellar' })).body.token
  key = (await partner.ask('POST', '/keys', { name: 'All', kind: 'all' })).body.secret
  await send('/batches', 'application/json', {
    batchId: 'devices',
    inventory: { full: true, locations: [], devices: [{ ref: 'ups', type: 'UPS', label: 'UPS' }] },
    sensors: { full: true, sensors: [{ ref: 'load', deviceRef: 'ups', label: 'Load', type: 'LOAD' }] },
  })
})
afterAll(() => managed.close())

async function send(path: string, type: string, body: object): Promise<void> {
  const answer = await fetch(`${managed.server.url}/ingest/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway}`, 'content-type': type },
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(200)
}

async function measure(): Promise<void> {
  reports += 1
  const line = { sensorRef: 'load', timestamp: '2026-03-01T10:00:00.000Z', numericValue: reports }
  await send(`/measurements?batchId=m${reports}`, 'application/x-ndjson', line)
}

const ofOrganization = (path: string) => `${managed.server.url}/rest/v1/organizations/${customer.id}${path}`
const polled = async () =>
  (await fetch(ofOrganization('/alarm-changes/0'), { headers: { authorization: `Bearer ${key}` } })).status

test('removing the partner ends its polls with the next one and its open stream at once; what comes after reaches nobody', async () => {
  const live = await openStream(ofOrganization('/measurements/live'), key)
  await measure()
  await live.until('a measurement', (lines) => lines.length === 1)
  expect(await polled()).toBe(200)

  expect((await customer.ask('DELETE', `/partnerships/${partnership}`)).status).toBe(204)
  expect(await polled()).toBe(403)
  await measure()
  await live.ended
  expect(live.lines).toHaveLength(1)
  expect((await partner.ask('GET', `/organizations/${customer.id}/devices`)).status).toBe(403)

  const again = await customer.ask('POST', '/partners', { partnerId: partner.partnerId })
  expect(again.body).not.toHaveProperty('consent')
  expect(await polled()).toBe(403)
})
