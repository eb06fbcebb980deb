import { afterAll, beforeAll, expect, test } from 'vitest'
import { Connections, type CustomerOfTest, Door, type PartnerOfTest } from '../../../test/support/door.ts'
import { startServer, type TestServer } from '../../../test/support/server.ts'

interface Changes {
  organizationChanges: {
    organizationId: string
    label?: string
    covered: boolean
    kinds: string[]
    reason: string
    changedTime: string
  }[]
  offset: number
  resyncRequired?: true
}

let server: TestServer
let door: Door
let partner: PartnerOfTest
let all: string
const lines = new Connections(16)
beforeAll(async () => {
  server = await startServer({ flags: ['--rate-limit-factor', '1000000'] })
  door = new Door(server.url, server.dataDir)
  partner = await door.partner('Acme')
  all = (await door.key(partner.portal, 'all')).secret
})
afterAll(async () => {
  lines.close()
  await server.close()
})

async function after(offset: number, key = all): Promise<Changes> {
  const reply = await lines.get(`${server.url}/rest/v1/organization-changes/${offset}`, key)
  expect([reply.status, reply.text]).toEqual([200, expect.any(String)])
  return JSON.parse(reply.text) as Changes
}

const consentOf = (customer: CustomerOfTest) => `/partnerships/${customer.partnershipId}/consent`
const withdraw = (customer: CustomerOfTest) => customer.portal.send('DELETE', consentOf(customer))
const give = (customer: CustomerOfTest, kinds?: object) =>
  customer.portal.send('PUT', consentOf(customer), kinds ? { kinds } : {})

/** Applies changes until the head, as a reader does: which organizations are covered. */
async function follow(offset: number, known: Map<string, boolean>, key = all): Promise<number> {
  for (let at = offset; ; ) {
    const { organizationChanges, offset: next, resyncRequired } = await after(at, key)
    expect(resyncRequired).toBeUndefined()
    for (const { organizationId, covered } of organizationChanges) known.set(organizationId, covered)
    if (next === at) return at
    at = next
  }
}

test('an organization that consents, changes what it shares and withdraws is told each time, once the act is answered', async () => {
  const { offset: before } = await after(0)
  const customer = await door.customer('North Bakery', partner)
  const given = await after(before)
  expect(given.organizationChanges).toEqual([
    {
      organizationId: customer.id,
      label: 'North Bakery',
      covered: true,
      kinds: ['inventory', 'alarms', 'sensors'],
      reason: 'consent_given',
      changedTime: expect.stringMatching(/^\d{4}-.*T.*\.\d{3}Z$/),
    },
  ])
  expect((await after(given.offset)).offset).toBe(given.offset)
  expect((await after(0)).organizationChanges).toEqual(given.organizationChanges)

  await give(customer, { inventory: true, alarms: false, sensors: false })
  const narrowed = await after(given.offset)
  expect(narrowed.organizationChanges).toMatchObject([{ organizationId: customer.id, covered: true, kinds: ['inventory'] }])

  await withdraw(customer)
  const ended = await after(narrowed.offset)
  expect(ended.organizationChanges).toEqual([
    { organizationId: customer.id, covered: false, kinds: [], reason: 'consent_withdrawn', changedTime: expect.any(String) },
  ])
  // What is no longer covered is not among those covered now, and its end is still told to whoever has not heard of it.
  expect((await after(0)).organizationChanges.map(({ organizationId }) => organizationId)).not.toContain(customer.id)
  expect((await after(given.offset)).organizationChanges).toEqual(ended.organizationChanges)
})

test('the end of a subscription by the clock alone, and its beginning, are told within 5 s, with their moment', async () => {
  const customer = await door.customer('South Bakery', partner, { subscription: false })
  const later = await door.customer('Later Bakery', partner, { subscription: false })
  const { offset } = await after(0)
  const endsAt = new Date(Date.now() + 1500).toISOString()
  await door.subscribe(customer.id, endsAt)
  const term = { kind: 'paid', startsAt: endsAt, endsAt: new Date(Date.now() + 3_600_000).toISOString() }
  await door.vendor('POST', `/companies/${later.id}/subscriptions`, term)
  const begun = await after(offset)
  expect(begun.organizationChanges).toMatchObject([
    { organizationId: customer.id, covered: true, reason: 'subscription_started' },
  ])
  await expect
    .poll(
      async () => Object.fromEntries((await after(begun.offset)).organizationChanges.map((one) => [one.organizationId, one])),
      {
        timeout: 6500,
        interval: 100,
      },
    )
    .toEqual({
      [customer.id]: {
        ...{ organizationId: customer.id, covered: false, kinds: [] },
        ...{ reason: 'subscription_ended', changedTime: endsAt },
      },
      [later.id]: {
        ...{ organizationId: later.id, label: 'Later Bakery', covered: true, kinds: ['inventory', 'alarms', 'sensors'] },
        ...{ reason: 'subscription_started', changedTime: endsAt },
      },
    })
})

test('disconnecting, suspending and resuming tell their reasons; a new connection without consent tells nothing', async () => {
  const customer = await door.customer('West Bakery', partner)
  const { offset } = await after(0)
  const reasonAfter = async (at: number) => {
    const changes = await after(at)
    return { reasons: changes.organizationChanges.map(({ covered, reason }) => `${covered} ${reason}`), offset: changes.offset }
  }
  await door.vendor('PUT', `/companies/${customer.id}/suspension`)
  const suspended = await reasonAfter(offset)
  expect(suspended.reasons).toEqual(['false suspended'])
  await door.vendor('DELETE', `/companies/${customer.id}/suspension`)
  const resumed = await reasonAfter(suspended.offset)
  expect(resumed.reasons).toEqual(['true resumed'])
  await door.vendor('DELETE', `/partnerships/${customer.partnershipId}`)
  const gone = await reasonAfter(resumed.offset)
  expect(gone.reasons).toEqual(['false disconnected'])
  await door.connect(customer, partner)
  expect(await reasonAfter(gone.offset)).toEqual({ reasons: [], offset: gone.offset })
})

test('a key for specific customers sees its set alone, and what is taken out of it as key_changed', async () => {
  const [kept, taken, other] = [
    await door.customer('A', partner),
    await door.customer('B', partner),
    await door.customer('C', partner),
  ]
  const key = await door.key(partner.portal, 'specific', { organizationIds: [kept.id, taken.id] })
  const first = await after(0, key.secret)
  expect(first.organizationChanges.map(({ organizationId }) => organizationId)).toEqual([kept.id, taken.id])
  await withdraw(other)
  expect((await after(first.offset, key.secret)).organizationChanges).toEqual([])

  const { offset } = await after(0)
  await partner.portal.send('PATCH', `/keys/${key.id}`, { organizationIds: [kept.id] })
  expect((await after(first.offset, key.secret)).organizationChanges).toMatchObject([
    { organizationId: taken.id, covered: false, reason: 'key_changed' },
  ])
  expect((await after(offset)).organizationChanges).toEqual([])
})

test('a key for all that is narrowed to some is told what it lost, and so is the key that replaces it, from whatever offset it goes on', async () => {
  const [kept, taken, gone] = [
    await door.customer('Kept', partner),
    await door.customer('Taken', partner),
    await door.customer('Gone', partner),
  ]
  await withdraw(gone)
  const key = await door.key(partner.portal, 'all')
  const known = new Map<string, boolean>()
  const offset = await follow(0, known, key.secret)
  await partner.portal.send('PATCH', `/keys/${key.id}`, { kind: 'specific', organizationIds: [kept.id] })
  const narrowed = await after(offset, key.secret)
  const lost = [...known].filter(([id, is]) => is && id !== kept.id).map(([id]) => id)
  expect(lost).toContain(taken.id)
  // What it did not cover when it was narrowed, it has not lost.
  expect(narrowed.organizationChanges.map(({ organizationId }) => organizationId).sort()).toEqual(lost.sort())
  expect(new Set(narrowed.organizationChanges.map(({ covered, reason }) => `${covered} ${reason}`))).toEqual(
    new Set(['false key_changed']),
  )

  const successor = await partner.portal.send<{ secret: string }>('POST', `/keys/${key.id}/successor`, { overlapDays: 1 })
  expect((await after(offset, successor.secret)).organizationChanges).toEqual(narrowed.organizationChanges)
  expect((await after(0, successor.secret)).organizationChanges.map(({ organizationId }) => organizationId)).toEqual([kept.id])
  // What was taken out is not told of again, whatever becomes of it; what stayed is.
  const { offset: head } = await after(0)
  await give(gone)
  await withdraw(taken)
  await withdraw(kept)
  for (const secret of [key.secret, successor.secret]) {
    expect((await after(Math.max(head, narrowed.offset), secret)).organizationChanges).toMatchObject([
      { organizationId: kept.id, covered: false, reason: 'consent_withdrawn' },
    ])
  }
})

test("a customer's own key is told of its own subscription, and an offset that was never handed out wants a new start", async () => {
  const customer = await door.customer('Own')
  const { secret } = await door.key(customer.portal, 'own')
  const first = await after(0, secret)
  expect(first.organizationChanges).toMatchObject([
    { organizationId: customer.id, covered: true, reason: 'subscription_started' },
  ])
  await door.vendor('POST', `/subscriptions/${customer.subscriptionId}/termination`)
  expect((await after(first.offset, secret)).organizationChanges).toMatchObject([
    { covered: false, reason: 'subscription_ended' },
  ])
  expect(await after(1_000_000, secret)).toMatchObject({ organizationChanges: [], resyncRequired: true })
})

test('a reader who follows the feed while many customers act at once ends with what the list says (I5, I6)', async () => {
  const customers = await Promise.all(['1', '2', '3', '4', '5', '6'].map((name) => door.customer(`Racer ${name}`, partner)))
  const known = new Map<string, boolean>()
  let offset = await follow(0, known)
  let acting = true
  const acts = Promise.all(
    customers.map(async (customer, place) => {
      for (let turn = 0; turn < 6 + (place % 2); turn += 1) await (turn % 2 === 0 ? withdraw(customer) : give(customer))
    }),
  ).finally(() => {
    acting = false
  })
  while (acting) offset = await follow(offset, known)
  await acts
  await follow(offset, known)
  const listed = JSON.parse((await lines.get(`${server.url}/rest/v1/organizations`, all)).text) as {
    organizations: { id: string }[]
  }
  const covered = [...known].filter(([, is]) => is).map(([id]) => id)
  expect(covered.sort()).toEqual(listed.organizations.map(({ id }) => id).sort())
  const fresh = (await after(0)).organizationChanges.map(({ organizationId }) => organizationId)
  expect(fresh.sort()).toEqual(covered)
})

test('a consent that ends by its date is told as consent_expired, with that moment; one that is narrowed in place as consent_changed', async () => {
  const customer = await door.customer('Until', partner)
  const { offset } = await after(0)
  const endsAt = new Date(Date.now() + 2000).toISOString()
  const kinds = { inventory: true, alarms: true, sensors: false }
  await customer.portal.send('PUT', consentOf(customer), { kinds, endsAt })
  const narrowed = await after(offset)
  expect(narrowed.organizationChanges).toMatchObject([
    { covered: true, kinds: ['inventory', 'alarms'], reason: 'consent_changed' },
  ])
  await expect
    .poll(async () => (await after(narrowed.offset)).organizationChanges, { timeout: 7000, interval: 100 })
    .toEqual([{ organizationId: customer.id, covered: false, kinds: [], reason: 'consent_expired', changedTime: endsAt }])
})
