import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Door, PartnerOfTest } from '../../../test/support/door.ts'
import type { Portal } from '../../../test/support/portal-session.ts'
import { startWebhookScene, type WebhookScene } from '../../../test/support/webhook-scene.ts'

interface Shown {
  id: string
  warnings: string[]
}

let scene: WebhookScene

let door: Door
let partner: PartnerOfTest
beforeAll(async () => {
  scene = await startWebhookScene()
  ;({ door, partner } = scene)
})
afterAll(() => scene?.close())

const add = async (portal: Portal, more: object) => {
  const given = { name: 'Desk', url: 'https://8.8.8.8/', kinds: ['alarm.activated'], ...more }
  return (await portal.send<{ webhook: Shown }>('POST', '/webhooks', given)).webhook
}
const change = (portal: Portal, id: string, more: object) => portal.send<Shown>('PATCH', `/webhooks/${id}`, more)

test('an address inside is not reached where the operator does not list it: the webhook warns of it, and its log says who could change that', async () => {
  const hook = await scene.receiver()
  const inside = hook.url.replace('127.0.0.1', '[::1]')
  const webhook = await add(partner.portal, { url: inside, kinds: ['key.expiring'] })
  const warnings = async (url: string) => (await change(partner.portal, webhook.id, { url })).warnings
  expect(webhook).toMatchObject({ warnings: ['address-inside'] })
  expect(await warnings('https://0x0a.1/')).toEqual(['address-inside'])
  expect(await warnings('http://8.8.8.8/')).toEqual(['address-not-https'])
  for (const url of [hook.url, 'http://localhost:1/', 'http://listed.example/', 'https://8.8.8.8/'])
    expect(await warnings(url)).toEqual([])
  await partner.portal.send('PATCH', `/webhooks/${webhook.id}`, { url: inside })
  await partner.portal.send('POST', `/webhooks/${webhook.id}/tests`, {})
  await expect
    .poll(
      async () =>
        (await partner.portal.send<{ deliveries: object[] }>('GET', `/webhooks/${webhook.id}/deliveries`)).deliveries[0],
      { timeout: 10_000 },
    )
    .toMatchObject({
      state: 'waiting',
      attempts: 1,
      lastError: expect.stringMatching(/^::1 is inside, .*ASSENT_INSIDE_ADDRESSES/),
    })
})

test('what narrows nothing is refused, and where none of what a webhook is narrowed to is covered now, it warns of that', async () => {
  const { portal } = partner
  const refused = async (method: string, path: string, body: object) => {
    const said = await portal.send(method, path, body).catch(({ message }: Error) => message)
    const [, problem = '{}'] = /was answered 400: (.*)$/.exec(String(said)) ?? []
    return JSON.parse(problem).detail as string
  }
  const given = { name: 'Desk', url: 'https://8.8.8.8/', kinds: ['alarm.activated'] }
  const wrong: [object, string | RegExp][] = [
    [{ kinds: [] }, 'body.kinds: is empty: give at least one'],
    [{ kinds: ['alarm'] }, /^body\.kinds\.0: must be one of coverage\.started, /],
    [{ kinds: 'alarm.activated' }, 'body.kinds: must be a list'],
    [{ url: undefined }, 'body.url: is missing: give text'],
    [{ event: 1 }, 'body: holds what is not known here: leave "event" out, or correct the name'],
    [{ format: 'alarms', authorization: { scheme: 'digest' } }, 'body.authorization.scheme: must be one of basic, bearer'],
    [
      { format: 'alarms', authorization: { scheme: 'basic', username: 'a:b', password: '' } },
      /^body\.authorization\.username: must hold no colon/,
    ],
    [
      { kinds: ['device.changed'], severities: ['FAIL'] },
      /^body\.severities: narrows alarms, and none are told: name one of alarm\.activated/,
    ],
    [{ kinds: ['gateway.offline'], locationIds: ['hall'] }, /^body\.locationIds: narrows alarms and devices/],
    [{ kinds: ['key.expiring'], organizationIds: ['north'] }, /^body\.organizationIds: narrows nothing/],
  ]
  for (const [more, sentence] of wrong) expect(await refused('POST', '/webhooks', { ...given, ...more })).toMatch(sentence)

  const customer = await door.customer('North', partner)
  const { id: siteOf } = await customer.portal.send<{ id: string }>('POST', `/organizations/${customer.id}/locations`, {
    label: 'Hall',
    type: 'SITE',
  })
  const made = await add(portal, { kinds: ['alarm.activated', 'alarm.cleared', 'alarm.activated'], severities: ['FAIL', 'FAIL'] })
  expect(made).toMatchObject({ kinds: ['alarm.activated', 'alarm.cleared'], severities: ['FAIL'], warnings: [] })
  expect(await refused('PATCH', `/webhooks/${made.id}`, { kinds: ['device.changed'] })).toMatch(
    /^body\.severities: narrows alarms/,
  )
  const narrowed = async (more: object) => (await change(portal, made.id, more)).warnings
  expect(await narrowed({ kinds: ['device.changed'], severities: null, locationIds: [siteOf, 'gone'] })).toEqual([])
  expect(await narrowed({ locationIds: ['gone'] })).toEqual(['locations-not-covered'])
  expect(await narrowed({ organizationIds: [partner.id] })).toEqual(['organizations-not-covered'])
  expect(await narrowed({ organizationIds: [customer.id, partner.id], locationIds: [siteOf] })).toEqual([])
  await customer.portal.send('DELETE', `/partnerships/${customer.partnershipId}/consent`)
  expect(await narrowed({})).toEqual(['organizations-not-covered'])
  expect(await narrowed({ enabled: false })).toEqual([])
})
