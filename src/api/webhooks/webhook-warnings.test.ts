import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PartnerOfTest } from '../../../test/support/door.ts'
import type { Portal } from '../../../test/support/portal-session.ts'
import { startWebhookScene, type WebhookScene } from '../../../test/support/webhook-scene.ts'

interface Shown {
  id: string
  warnings: string[]
}

let scene: WebhookScene

let partner: PartnerOfTest
beforeAll(async () => {
  scene = await startWebhookScene()
  ;({ partner } = scene)
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
