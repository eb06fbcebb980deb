import type { CustomerOfTest, Door, PartnerOfTest } from '../support/door.ts'
import type { Ending } from './stream-history.ts'

/** A customer with a gateway, and what happens to it. */
export interface Site {
  customer: CustomerOfTest
  token: string
}

export interface Reader {
  site: Site
  key: { id: string; secret: string }
}

/** How soon comes what the clock brings. */
const lapsesAfterMs = 1_200

export const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Ends a right, and gives it back after `ms`. What ended, each with its times. */
export type Way = (site: Site, reader: Reader, ms: number) => Promise<Ending[]>

export function waysOf(door: Door, partner: PartnerOfTest): Way[] {
  const timed = async (subject: string, how: string, end: () => Promise<unknown>, back: () => Promise<unknown>, ms: number) => {
    const begunAt = performance.now()
    await end()
    const from = performance.now()
    if (ms > 0) await wait(ms)
    await back()
    return { subject, how, begunAt, from, backAt: performance.now() }
  }
  const consent = ({ customer }: Site) => `/partnerships/${customer.partnershipId}/consent`
  const terminate = ({ customer }: Site) => door.vendor('POST', `/subscriptions/${customer.subscriptionId}/termination`)

  const withdrawn: Way = async (site, _, ms) => [
    await timed(
      site.customer.id,
      'the consent is withdrawn',
      () => site.customer.portal.send('DELETE', consent(site)),
      () => site.customer.portal.send('PUT', consent(site), {}),
      ms,
    ),
  ]
  return [
    withdrawn,
    // The consent's own date comes: nobody does anything.
    async (site, _, ms) => {
      const { customer } = site
      const endsAt = new Date(Date.now() + lapsesAfterMs)
      await customer.portal.send('PUT', consent(site), { endsAt: endsAt.toISOString() })
      const lapse = endsAt.getTime() - performance.timeOrigin
      await wait(lapse - performance.now() + 100 + ms)
      await customer.portal.send('PUT', consent(site), {})
      return [
        { subject: customer.id, how: 'the consent expired', begunAt: lapse - 5, from: lapse + 5, backAt: performance.now() },
      ]
    },
    async (site, _, ms) => [
      await timed(
        site.customer.id,
        'measurements are shared no longer',
        () => site.customer.portal.send('PUT', consent(site), { kinds: { inventory: true, alarms: true, sensors: false } }),
        () => site.customer.portal.send('PUT', consent(site), { kinds: { inventory: true, alarms: true, sensors: true } }),
        ms,
      ),
    ],
    async (site, _, ms) => [
      await timed(
        site.customer.id,
        'the partner is disconnected',
        () => site.customer.portal.send('DELETE', `/partnerships/${site.customer.partnershipId}`),
        async () => {
          site.customer.partnershipId = await door.connect(site.customer, partner)
          await site.customer.portal.send('PUT', consent(site), {})
        },
        ms,
      ),
    ],
    async (_, reader, ms) => [
      await timed(
        reader.key.id,
        'the key is disabled',
        () => partner.portal.send('PATCH', `/keys/${reader.key.id}`, { enabled: false }),
        () => partner.portal.send('PATCH', `/keys/${reader.key.id}`, { enabled: true }),
        ms,
      ),
    ],
    async (_, reader, ms) => {
      const { id } = reader.key
      const back = async () => {
        reader.key = await door.key(partner.portal, 'all')
      }
      const end = () => partner.portal.send('DELETE', `/keys/${id}`)
      return [await timed(id, 'the key is deleted', end, back, ms)]
    },
    // The subscription is terminated; the next one runs out by the clock alone.
    async (site, _, ms) => {
      const { customer } = site
      let lapse = 0
      const subscribe = async () => {
        const endsAt = new Date(Date.now() + lapsesAfterMs)
        customer.subscriptionId = await door.subscribe(customer.id, endsAt.toISOString())
        lapse = endsAt.getTime() - performance.timeOrigin
      }
      const terminated = await timed(customer.id, 'the subscription is terminated', () => terminate(site), subscribe, ms)
      await wait(lapse - performance.now() + 100 + ms)
      customer.subscriptionId = await door.subscribe(customer.id)
      // A few milliseconds for what two clocks of one machine may differ by.
      const lapsed = { subject: customer.id, how: 'the subscription lapsed', begunAt: lapse - 5, from: lapse + 5 }
      return [terminated, { ...lapsed, backAt: performance.now() }]
    },
  ]
}
