import sql from 'sql-template-tag'
import { Webhook as Verifier } from 'standardwebhooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Door, PartnerOfTest } from '../../../test/support/door.ts'
import type { Portal } from '../../../test/support/portal-session.ts'
import type { Received, Receiver } from '../../../test/support/receiver.ts'
import { startWebhookScene, type WebhookScene } from '../../../test/support/webhook-scene.ts'
import { attemptsMax } from '../../jobs/webhook-retries.ts'

interface Made {
  webhook: { id: string }
  secret: string
}
interface Listed {
  id: string
  kind: string
  state: string
  attempts: number
  lastStatus?: number
  organizationId?: string
}

let scene: WebhookScene
let door: Door
let partner: PartnerOfTest
beforeAll(async () => {
  scene = await startWebhookScene()
  ;({ door, partner } = scene)
})
afterAll(() => scene?.close())

const add = (portal: Portal, url: string, more: object) =>
  portal.send<Made>('POST', '/webhooks', {
    name: 'Desk',
    url,
    kinds: ['alarm.activated', 'alarm.updated', 'alarm.cleared'],
    ...more,
  })
const deliveries = async (portal: Portal, id: string, query = '') =>
  (await portal.send<{ deliveries: Listed[] }>('GET', `/webhooks/${id}/deliveries${query}`)).deliveries

interface AlarmEvent {
  type: string
  data: {
    organizationId: string
    offset: number
    previousOffset?: number
    alarm: { label: string; severity: string; clearedTime?: string }
  }
}
const told = (one: Receiver) => one.events() as unknown as AlarmEvent[]
const event = (received: Received) => JSON.parse(received.text) as AlarmEvent

test("an alarm's life is told in order, signed as the specification's library verifies, each event naming its feed's offset and the one before", async () => {
  const customer = await door.customer('North', partner)
  const { alarm, report } = await scene.site(customer)
  const hook = await scene.receiver()
  const { secret, webhook } = await add(partner.portal, `${hook.url}/desk`, {})
  await report(alarm('one', 'a'))
  await hook.got('the activation', () => told(hook).length === 1)
  await report(alarm('one', 'a', { severity: 'CRITICAL' }))
  await hook.got('the update', () => told(hook).length === 2)
  await report(alarm('one', 'a', { clearedTime: '2026-03-14T10:26:53.589Z' }), alarm('two', 'b'))
  const events = await hook.got('the end', () => told(hook).length === 4 && told(hook))
  const ofA = events.filter(({ data }) => data.alarm.label === 'alarm a')
  expect(ofA.map(({ type, data }) => [type, data.organizationId])).toEqual(
    ['alarm.activated', 'alarm.updated', 'alarm.cleared'].map((type) => [type, customer.id]),
  )
  expect(ofA.map(({ data }) => data.previousOffset)).toEqual([undefined, ofA[0]?.data.offset, ofA[1]?.data.offset])
  for (const { headers, text } of hook.received)
    expect(new Verifier(secret).verify(text, headers as Record<string, string>)).toEqual(JSON.parse(text))

  // The receiver has them before their results are written down.
  const states = async () =>
    (await deliveries(partner.portal, webhook.id)).map((one) => [one.state, one.attempts, one.lastStatus])
  await expect.poll(states, { timeout: 10_000 }).toEqual(Array.from({ length: 4 }, () => ['delivered', 1, 204]))
  const log = await deliveries(partner.portal, webhook.id)
  const [newest] = log
  const details = await partner.portal.send<{ body: string; log: object[] }>(
    'GET',
    `/webhooks/${webhook.id}/deliveries/${newest?.id}`,
  )
  expect(hook.received.map(({ text }) => text)).toContain(details.body)
  expect(details.log).toEqual([expect.objectContaining({ number: 1, status: 204, address: '127.0.0.1' })])
  // Also when it is disabled: that is when one looks.
  await partner.portal.send('PATCH', `/webhooks/${webhook.id}`, { enabled: false })
  expect(await partner.portal.send('GET', `/webhooks/${webhook.id}/deliveries/${newest?.id}`)).toEqual(details)
  await partner.portal.send('DELETE', `/webhooks/${webhook.id}`)
})

test('filters by severity, customer and location hold; a customer hears of itself alone', async () => {
  const [customer, other] = [await door.customer('West', partner), await door.customer('East', partner)]
  const [here, there] = [await scene.site(customer), await scene.site(other)]
  const { devices } = await customer.portal.send<{ devices: { label: string; location: { id: string } }[] }>(
    'GET',
    `/organizations/${customer.id}/devices`,
  )
  const room1 = devices.find(({ label }) => label === 'UPS 1')?.location.id
  const [severe, chosen, placed, own] = [
    await scene.receiver(),
    await scene.receiver(),
    await scene.receiver(),
    await scene.receiver(),
  ]
  const all = [
    await add(partner.portal, severe.url, { severities: ['CRITICAL'] }),
    await add(partner.portal, chosen.url, { organizationIds: [other.id] }),
    await add(partner.portal, placed.url, { locationIds: [room1] }),
  ]
  const mine = await add(customer.portal, own.url, {})
  await here.report(here.alarm('one', 'a'), here.alarm('two', 'b', { severity: 'CRITICAL' }))
  await there.report(there.alarm('one', 'c'))
  const labels = (one: Receiver) => told(one).map(({ data }) => data.alarm.label)
  await own.got('both of its own', () => labels(own).length === 2)
  await chosen.got("the other's", () => labels(chosen).length === 1)
  await severe.got('the severe one', () => labels(severe).length === 1)
  await placed.got('the one in room 1', () => labels(placed).length === 1)
  expect([severe, chosen, placed, own].map((one) => labels(one).sort())).toEqual([
    ['alarm b'],
    ['alarm c'],
    ['alarm a'],
    ['alarm a', 'alarm b'],
  ])
  for (const { webhook } of all) await partner.portal.send('DELETE', `/webhooks/${webhook.id}`)
  await customer.portal.send('DELETE', `/webhooks/${mine.webhook.id}`)
})

test('a failing event holds up its device alone, is tried again under its id, and the device goes on in order', async () => {
  const customer = await door.customer('South', partner)
  const { alarm, report } = await scene.site(customer)
  const hook = await scene.receiver()
  let failures = 1
  hook.answer(({ text }) => (text.includes('alarm a') && failures-- > 0 ? 500 : 204))
  const { webhook } = await add(partner.portal, hook.url, {})
  await report(alarm('one', 'a'))
  await hook.got('the failure', (received) => received.some(({ status }) => status === 500))
  await report(alarm('one', 'later'), alarm('two', 'b'))
  await hook.got("the other device's", () => told(hook).some(({ data }) => data.alarm.label === 'alarm b'))
  expect(told(hook).map(({ data }) => data.alarm.label)).toEqual(['alarm b'])
  await hook.got('the rest', () => told(hook).length === 3)
  expect(told(hook).map(({ data }) => data.alarm.label)).toEqual(['alarm b', 'alarm a', 'alarm later'])
  const ofA = hook.received.filter(({ text }) => text.includes('alarm a'))
  expect(new Set(ofA.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  await partner.portal.send('DELETE', `/webhooks/${webhook.id}`)
})

test('after a withdrawal only its notice leaves; what waited is withheld for good, and shown to nobody, also when consent is given again', async () => {
  const customer = await door.customer('Withdrawing', partner)
  const { alarm, report } = await scene.site(customer)
  const hook = await scene.receiver()
  hook.answer(({ text }) => (text.includes('coverage.') ? 204 : 500))
  const kinds = ['alarm.activated', 'coverage.started', 'coverage.ended']
  const { webhook } = await add(partner.portal, hook.url, { kinds, organizationIds: [customer.id] })
  await report(alarm('one', 'a'), alarm('one', 'b'), alarm('two', 'c'))
  await hook.got('failing attempts', (received) => received.length >= 2)
  const consent = `/partnerships/${customer.partnershipId}/consent`
  await customer.portal.send('DELETE', consent)
  const withdrawnAt = performance.now()
  const ended = await hook.got('the notice', (received) => received.find(({ text }) => text.includes('coverage.ended')))
  expect(ended.at - withdrawnAt).toBeLessThan(5000)
  expect(event(ended).data).toMatchObject({ organizationId: customer.id, covered: false, reason: 'consent_withdrawn' })
  await report(alarm('one', 'meanwhile'))
  hook.answer(() => 204)
  await customer.portal.send('PUT', consent, {})
  await report(alarm('two', 'new'))
  await hook.got('what is accepted now', () => told(hook).some(({ data }) => data.alarm?.label === 'alarm new'))
  await hook.got('the notice of the new consent', () => told(hook).some(({ type }) => type === 'coverage.started'))
  await expect
    .poll(async () => (await deliveries(partner.portal, webhook.id, '?state=waiting')).length, { timeout: 15_000 })
    .toBe(0)
  // In order are the events of one device, and a customer's notices: one beside the other may be told first.
  expect(
    told(hook)
      .map(({ type }) => type)
      .filter((type) => type.startsWith('coverage.')),
  ).toEqual(['coverage.ended', 'coverage.started'])
  expect(told(hook).flatMap(({ data }) => data.alarm?.label ?? [])).toEqual(['alarm new'])
  expect(hook.received.filter(({ at, text }) => at > withdrawnAt + 1000 && /alarm [abc]\b|meanwhile/.test(text))).toEqual([])

  const withheld = await deliveries(partner.portal, webhook.id, '?state=withheld')
  expect(withheld).toHaveLength(3)
  const shown = await partner.portal.send<object>('GET', `/webhooks/${webhook.id}/deliveries/${withheld[0]?.id}`)
  expect(shown).not.toHaveProperty('body')
  const resent = { deliveryIds: withheld.map(({ id }) => id) }
  expect(await partner.portal.send('POST', `/webhooks/${webhook.id}/deliveries`, resent)).toEqual({ resent: 0 })
  await partner.portal.send('DELETE', `/webhooks/${webhook.id}`)
})

test('the format alarms is sent as an array with its header; a narrowed consent takes the device details out of it', async () => {
  const customer = await door.customer('Array', partner)
  const { alarm, report } = await scene.site(customer)
  const hook = await scene.receiver()
  const { webhook } = await add(partner.portal, hook.url, {
    format: 'alarms',
    authorization: { scheme: 'basic', username: 'desk', password: 'geheim:ß' },
    organizationIds: [customer.id],
  })
  await report(alarm('one', 'a'))
  const [first] = await hook.got('the first', (received) => received.length === 1 && received)
  expect(first?.headers.authorization).toBe(`Basic ${Buffer.from('desk:geheim:ß').toString('base64')}`)
  expect(JSON.parse(first?.text ?? '')).toEqual([
    {
      id: expect.any(String),
      current_severity_peak: 'WARNING',
      organization_details: { id: customer.id, name: 'Array' },
      device_details: {
        ...{ id: expect.any(String), label: 'UPS 1', model: 'Smart 1500', device_type: 'UPS' },
        ...{ ip4_addresses: ['10.1.2.3'], ip6_addresses: [], mac_addresses: [] },
      },
      location_details: {
        location_ancestors: [
          { id: expect.any(String), label: 'Room 1' },
          { id: expect.any(String), label: 'Hall' },
        ],
      },
      activation_details: { activated_at: '2026-03-14T09:26:53.589Z', label: 'alarm a', message: 'As written' },
      updated_details: null,
      cleared_details: null,
    },
  ])
  const kinds = { inventory: false, alarms: true, sensors: false }
  await customer.portal.send('PUT', `/partnerships/${customer.partnershipId}/consent`, { kinds })
  await report(alarm('one', 'b', { clearedTime: '2026-03-14T11:00:00.000Z' }))
  const bare = await hook.got('the bare one', (received) => received.find(({ text }) => text.includes('alarm b')))
  expect(JSON.parse(bare.text)[0]).toMatchObject({
    device_details: { label: null, ip4_addresses: [] },
    location_details: { location_ancestors: [] },
  })
  await partner.portal.send('DELETE', `/webhooks/${webhook.id}`)
})

test('a test event arrives, a new secret signs beside the former one, and a dead letter is sent again', async () => {
  const hook = await scene.receiver()
  const { webhook, secret } = await add(partner.portal, hook.url, { kinds: ['key.expiring'] })
  const replaced = async (overlapHours: number) =>
    (await partner.portal.send<Made>('POST', `/webhooks/${webhook.id}/secret`, { overlapHours })).secret
  const secrets = [secret, await replaced(2), await replaced(1)]
  expect(new Set(secrets).size).toBe(3)
  /** Those of them with which a request is signed. */
  const signing = ({ text, headers }: Received) =>
    secrets.filter((one) => {
      try {
        return new Verifier(one).verify(text, headers as Record<string, string>)
      } catch {
        return false
      }
    })
  hook.answer(() => 503)
  const { deliveryId } = await partner.portal.send<{ deliveryId: string }>('POST', `/webhooks/${webhook.id}/tests`, {})
  await hook.got('the attempt', (received) => received.length === 1)
  // As after nine failed attempts, over three days.
  await expect.poll(async () => (await deliveries(partner.portal, webhook.id))[0]?.attempts).toBe(1)
  await scene.run(sql`
    update webhook_delivery set attempts = ${attemptsMax - 1}, next_attempt_at = statement_timestamp() where id = ${deliveryId}`)
  await scene.run(sql`update webhook_queue set next_at = statement_timestamp() where webhook_id = ${webhook.id}`)
  await expect
    .poll(async () => (await deliveries(partner.portal, webhook.id, '?state=failed')).length, { timeout: 10_000 })
    .toBe(1)
  hook.answer(() => 200)
  const again = { from: new Date(Date.now() - 3_600_000).toISOString() }
  expect(await partner.portal.send('POST', `/webhooks/${webhook.id}/deliveries`, again)).toEqual({ resent: 1 })
  const taken = await hook.got('the dead letter', (received) => received.find(({ status }) => status === 200))
  expect([event(taken).type, taken.headers['webhook-id']]).toEqual(['webhook.test', deliveryId])
  expect(signing(taken)).toEqual(secrets)
  const path = `/webhooks/${webhook.id}/deliveries/${deliveryId}`
  const logged = (status: number) => ({ status, answer: `answered ${status}`, tookMs: expect.any(Number) })
  await expect
    .poll(async () => (await partner.portal.send<{ log: object[] }>('GET', path)).log)
    .toMatchObject([200, 503, 503].map(logged))

  const tested = async () => {
    const made = await partner.portal.send<{ deliveryId: string }>('POST', `/webhooks/${webhook.id}/tests`, {})
    return hook.got('another test', (received) => received.find(({ headers }) => headers['webhook-id'] === made.deliveryId))
  }
  // As after the hour of the one before the last.
  await scene.run(sql`
    update webhook_secret set ends_at = ends_at - interval '1 hour' where webhook_id = ${webhook.id} and ends_at is not null`)
  expect(signing(await tested())).toEqual([secrets[0], secrets[2]])
  // With no overlap nothing but the new one is left.
  secrets.push(await replaced(0))
  expect(signing(await tested())).toEqual([secrets[3]])
  await partner.portal.send('DELETE', `/webhooks/${webhook.id}`)
})
