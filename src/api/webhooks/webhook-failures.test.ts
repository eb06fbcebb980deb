import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Door, PartnerOfTest } from '../../../test/support/door.ts'
import { startWebhookScene, type WebhookScene } from '../../../test/support/webhook-scene.ts'

/** A failing attempt's next one is an hour ahead. */
const later = { status: 503, headers: { 'retry-after': '3600' } }

interface Listed {
  kind: string
  state: string
  attempts: number
}

let scene: WebhookScene
let door: Door
let partner: PartnerOfTest
beforeAll(async () => {
  scene = await startWebhookScene()
  ;({ door, partner } = scene)
})
afterAll(() => scene?.close())

/** A webhook of the partner's, with its receiver, and what became of its deliveries, the newest first. */
async function hookOf(more: object) {
  const hook = await scene.receiver()
  const given = { name: 'Desk', url: hook.url, ...more }
  const { webhook } = await partner.portal.send<{ webhook: { id: string } }>('POST', '/webhooks', given)
  const path = `/webhooks/${webhook.id}`
  const outcomes = async () =>
    (await partner.portal.send<{ deliveries: Listed[] }>('GET', `${path}/deliveries`)).deliveries.map(
      ({ kind, state, attempts }) => `${kind} ${state} ${attempts}`,
    )
  return { id: webhook.id, path, hook, outcomes }
}

test('the notice of a withdrawal waits neither for an attempt that is not answered, nor for the next attempt at the one before it', async () => {
  const customer = await door.customer('Flapping', partner)
  const consent = `/partnerships/${customer.partnershipId}/consent`
  const { alarm, report } = await scene.site(customer)
  const { path, hook, outcomes } = await hookOf({ kinds: ['alarm.activated', 'coverage.ended'], organizationIds: [customer.id] })
  const isNotice = (text: string) => text.includes('coverage.ended')
  hook.answer(({ text }) => (isNotice(text) ? later : 'silent'))
  await customer.portal.send('DELETE', consent)
  await expect.poll(outcomes).toEqual(['coverage.ended waiting 1'])
  await customer.portal.send('PUT', consent, {})
  await report(alarm('one', 'unanswered'))
  await hook.got('the alarm', (received) => received.some(({ text }) => !isNotice(text)))
  hook.answer(({ text }) => (isNotice(text) ? 204 : 'silent'))
  await customer.portal.send('DELETE', consent)
  await hook.got('both notices', (received) => received.filter(({ status }) => status === 204).length === 2)
  // The alarm's attempt has not ended.
  expect(await outcomes()).toContain('alarm.activated waiting 0')
  await partner.portal.send('DELETE', path)
})
