import { crc32 } from 'node:zlib'
import { systemClock } from '../../src/clock.ts'
import { base62Of } from '../../src/domain/base62.ts'
import type { Batch } from '../../src/domain/batch.ts'
import { type CredentialPrefix, newCredential } from '../../src/domain/credential.ts'
import { Connections, type CustomerOfTest, Door, type PartnerOfTest } from './door.ts'
import { newGateway, newOrganization } from './ingest.ts'
import { offsetsIn, openStream } from './measurement-stream.ts'
import { until } from './own-process.ts'
import type { Portal } from './portal-session.ts'
import type { TestServer } from './server.ts'

/** Who asks: with these headers. `own` is the organization that this caller calls its own. */
export interface Caller {
  headers: Record<string, string>
  own?: string
}

/** Everybody and everything that the access matrix names, by the names that it gives. */
export interface Scene {
  door: Door
  callers: Record<string, Caller>
  organizations: Record<string, string>
  /** A device of each organization that has one. */
  devices: Record<string, string>
  /** The offset of each organization's last measurement, where it has any. */
  replayOffsets: Record<string, string>
  partner: PartnerOfTest
  customer: CustomerOfTest
  location: string
  close(): void
}

/** Long enough to send in data and to read them back; the check waits until it is over. */
const shortMs = 8_000
const yearMs = 365 * 24 * 3600 * 1000
const allKinds = { inventory: true, alarms: true, sensors: true }

const batch: Batch = {
  batchId: 'first',
  inventory: {
    full: true,
    locations: [{ ref: 'room', type: 'ROOM', label: 'Room' }],
    devices: [{ ref: 'ups', type: 'UPS', label: 'UPS', locationRef: 'room' }],
  },
  sensors: { full: true, sensors: [{ ref: 'load', deviceRef: 'ups', label: 'Load', type: 'LOAD' }] },
  alarms: [
    {
      ref: 'ob',
      deviceRef: 'ups',
      label: 'On battery',
      message: 'On battery',
      severity: 'WARNING',
      activatedTime: '2026-03-14T09:26:53.589Z',
    },
  ],
}

const measurement = '{"sensorRef":"load","timestamp":"2026-03-14T09:26:53.589Z","numericValue":42}\n'

export const bearer = (text: string): Caller => ({ headers: { authorization: `Bearer ${text}` } })

/** A well-formed credential that the server never made. */
export function strange(prefix: CredentialPrefix): string {
  return newCredential(prefix, systemClock).text
}

/** A well-formed credential with the id of this one, and another secret. */
export function otherSecret(text: string, prefix: CredentialPrefix): string {
  const body = text.slice(0, prefix.length + 12) + strange(prefix).slice(prefix.length + 12, -6)
  return body + base62Of(crc32(body), 6)
}

export function mistyped(text: string): string {
  const place = text.length - 20
  return text.slice(0, place) + (text[place] === 'x' ? 'y' : 'x') + text.slice(place + 1)
}

/** The cookie and the origin of somebody's session. */
export function sessionOf(portal: Portal): Caller {
  const step = portal.step('GET', '/session')
  return { headers: 'request' in step ? (step.request.headers ?? {}) : {} }
}

/** Makes all of it, through the management and the ingest API. Only the demo company is put in below them: no door makes one. */
export async function accessScene(server: TestServer): Promise<Scene> {
  const door = new Door(server.url, server.dataDir)
  const lines = new Connections(4)
  const devices: Record<string, string> = {}
  const replayOffsets: Record<string, string> = {}
  let location = ''

  const [partner, other, suspended] = [
    await door.partner('Partner'),
    await door.partner('Other partner'),
    await door.partner('Suspended partner'),
  ]
  const read = async (id: string, key: string) => {
    const { text } = await lines.get(`${server.url}/rest/v1/organizations/${id}/inventory`, key)
    const objects = (JSON.parse(text) as { inventoryObjects: { id: string; inventoryObjectType: string }[] }).inventoryObjects
    devices[id] = objects.find((one) => one.inventoryObjectType === 'Device')?.id as string
    location ||= objects.find((one) => one.inventoryObjectType === 'Location')?.id as string
  }
  const measure = async (id: string, key: string, token: string) => {
    const live = await openStream(`${server.url}/rest/v1/organizations/${id}/measurements/live`, key)
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' }
    const { status, text } = await lines.send(
      'POST',
      `${server.url}/ingest/v1/measurements?batchId=m`,
      headers,
      Buffer.from(measurement),
    )
    if (status !== 200) throw new Error(`no measurement for ${id}: ${status} ${text}`)
    await live.until('the measurement', (read) => read.length > 0)
    live.close()
    replayOffsets[id] = offsetsIn(live.lines).at(-1) as string
  }
  const ownKeys: Record<string, string> = {}
  /** A customer with data in it. */
  const filled = async (name: string, of: PartnerOfTest | undefined, more: Parameters<Door['customer']>[2] = {}) => {
    const made = await door.customer(name, of, more)
    const { token } = await door.gateway(made.portal)
    const { status, text } = await lines.batch(server.url, token, batch)
    if (status !== 200) throw new Error(`no data for ${name}: ${status} ${text}`)
    ownKeys[made.id] = (await door.key(made.portal, 'own')).secret
    await read(made.id, ownKeys[made.id] as string)
    await measure(made.id, ownKeys[made.id] as string, token)
    return made
  }
  const withoutConsent = { consent: false }
  const withdraw = (one: CustomerOfTest) => one.portal.send('DELETE', `/partnerships/${one.partnershipId}/consent`)

  const covered = await filled('Covered', partner)
  const also = await door.connect(covered, suspended)
  await covered.portal.send('PUT', `/partnerships/${also}/consent`, {})
  const made: Record<string, CustomerOfTest> = {
    covered,
    'covered, in the set': await filled('In the set', partner),
    'on a trial': await filled('On a trial', partner, { subscription: false }),
    'canceled, before its end': await filled('Canceled', partner),
    'never connected': await filled('Never connected', undefined),
    disconnected: await filled('Disconnected', partner),
    'connected, no consent': await filled('No consent', partner, withoutConsent),
    'consent withdrawn': await filled('Withdrawn', partner),
    'consent withdrawn and given again': await filled('Given again', partner),
    'lapsed by the clock alone': await filled('Lapsed', partner),
    'not begun': await door.customer('Not begun', partner, { subscription: false }),
    'never subscribed': await door.customer('Never subscribed', partner, { subscription: false }),
    terminated: await filled('Terminated', partner),
    suspended: await filled('Suspended', partner),
    'inventory not shared': await filled('No inventory', partner, { consent: { ...allKinds, inventory: false } }),
    'alarms not shared': await filled('No alarms', partner, { consent: { ...allKinds, alarms: false } }),
    'sensors not shared': await filled('No sensors', partner, { consent: { ...allKinds, sensors: false } }),
    'covered for another partner': await filled("Another's", other),
    'consent until a date to come': await filled('Until a date', partner),
    'consent expired by the clock alone': await filled('Expired', partner),
    'narrowed to inventory': await filled('Narrowed to inventory', partner),
    'narrowed to alarms': await filled('Narrowed to alarms', partner),
    'narrowed to sensors': await filled('Narrowed to sensors', partner),
    'sensors shared no longer, and again': await filled('Sensors again', partner),
    'in the set, consent withdrawn': await filled('In the set, withdrawn', partner),
    'in the set, consent expired by the clock alone': await filled('In the set, expired', partner),
    'in the set, disconnected': await filled('In the set, disconnected', partner),
    'in the set, lapsed by the clock alone': await filled('In the set, lapsed', partner),
  }
  const one = (name: string) => made[name] as CustomerOfTest

  const demo = await newOrganization(server, 'demo')
  const demoGateway = await newGateway(server, demo)
  await demoGateway.send(batch)
  const demoKey = await door.key(partner.portal, 'demo')
  await read(demo, demoKey.secret)
  await measure(demo, demoKey.secret, demoGateway.token)

  const all = await door.key(partner.portal, 'all')
  const set = [
    'covered, in the set',
    'in the set, consent withdrawn',
    'in the set, consent expired by the clock alone',
    'in the set, disconnected',
    'in the set, lapsed by the clock alone',
  ]
  const specific = await door.key(partner.portal, 'specific', { organizationIds: set.map((name) => one(name).id) })
  const [deleted, disabled] = [await door.key(partner.portal, 'all'), await door.key(partner.portal, 'all')]
  const ofSuspended = await door.key(suspended.portal, 'all')
  await partner.portal.send('DELETE', `/keys/${deleted.id}`)
  await partner.portal.send('PATCH', `/keys/${disabled.id}`, { enabled: false })
  const outside = await door.key(partner.portal, 'all', { networks: ['192.0.2.0/24', '2001:db8::/32'] })
  const within = await door.key(partner.portal, 'all', { networks: ['192.0.2.0/24', '127.0.0.0/8', '::1'] })
  const reported = await door.key(partner.portal, 'all')
  await partner.portal.send('POST', '/key-reports', { key: reported.secret })
  const [replaced, overlapping] = [await door.key(partner.portal, 'all'), await door.key(partner.portal, 'all')]
  await partner.portal.send('POST', `/keys/${replaced.id}/successor`, { overlapDays: 0 })
  const successor = await partner.portal.send<{ secret: string }>('POST', `/keys/${overlapping.id}/successor`, { overlapDays: 7 })
  const narrowed = await door.key(partner.portal, 'all')
  await partner.portal.send('PATCH', `/keys/${narrowed.id}`, {
    kind: 'specific',
    organizationIds: [one('covered, in the set').id],
  })
  const expiresAt = new Date(Date.now() + 2_000).toISOString()
  const expired = await door.key(partner.portal, 'all', { expiresAt })

  // What ends, ends after the data are in it.
  await door.vendor('POST', `/subscriptions/${one('canceled, before its end').subscriptionId}/cancellation`)
  for (const name of ['disconnected', 'in the set, disconnected'])
    await one(name).portal.send('DELETE', `/partnerships/${one(name).partnershipId}`)
  for (const name of ['consent withdrawn', 'consent withdrawn and given again', 'in the set, consent withdrawn'])
    await withdraw(one(name))
  const limit = (name: string, limits: { kinds?: object; endsAt?: string }) =>
    one(name).portal.send('PUT', `/partnerships/${one(name).partnershipId}/consent`, limits)
  await limit('consent withdrawn and given again', {})
  await limit('consent until a date to come', { endsAt: new Date(Date.now() + yearMs).toISOString() })
  await limit('narrowed to inventory', { kinds: { inventory: true, alarms: false, sensors: false } })
  await limit('narrowed to alarms', { kinds: { inventory: false, alarms: true, sensors: false } })
  await limit('narrowed to sensors', { kinds: { inventory: false, alarms: false, sensors: true } })
  await limit('sensors shared no longer, and again', { kinds: { ...allKinds, sensors: false } })
  await limit('sensors shared no longer, and again', { kinds: allKinds })
  for (const name of ['consent expired by the clock alone', 'in the set, consent expired by the clock alone'])
    await limit(name, { endsAt: new Date(Date.now() + shortMs / 2).toISOString() })
  await door.vendor('POST', `/companies/${one('not begun').id}/subscriptions`, {
    kind: 'paid',
    startsAt: new Date(Date.now() + yearMs).toISOString(),
    endsAt: new Date(Date.now() + 2 * yearMs).toISOString(),
  })
  await door.vendor('POST', `/subscriptions/${one('terminated').subscriptionId}/termination`)
  for (const name of ['lapsed by the clock alone', 'in the set, lapsed by the clock alone']) {
    await door.vendor('POST', `/subscriptions/${one(name).subscriptionId}/termination`)
    await door.subscribe(one(name).id, new Date(Date.now() + shortMs).toISOString())
    await lines.get(`${server.url}/rest/v1/organizations/${one(name).id}/alarms`, all.secret)
  }
  await door.vendor('PUT', `/companies/${one('suspended').id}/suspension`)
  await door.vendor('PUT', `/companies/${suspended.id}/suspension`)
  const last = Date.now() + shortMs
  await until('the clock', async () => Date.now() > last, 2 * shortMs)

  const token = await partner.portal.send<{ token: string }>('POST', '/access-tokens', { name: 'Program', expiresInDays: 1 })
  const gateway = await door.gateway(covered.portal, 'Another gateway')
  const link = await door.vendor<{ url: string }>('POST', `/companies/${covered.id}/setup-links`, {
    role: 'viewer',
    email: 'unused@example.com',
  })
  const vendorId = (await door.vendor<{ companies: { id: string; kind: string }[] }>('GET', '/companies')).companies.find(
    ({ kind }) => kind === 'vendor',
  )?.id
  const own = (name: string): Caller => ({ ...bearer(ownKeys[one(name).id] as string), own: one(name).id })

  return {
    door,
    partner,
    customer: covered,
    devices,
    replayOffsets,
    location,
    organizations: {
      ...Object.fromEntries(Object.entries(made).map(([name, { id }]) => [name, id])),
      demo,
      'covered, not in the set': covered.id,
      'another customer': one('covered for another partner').id,
      'no such organization': '6f1d2c3b-0000-4000-8000-000000000000',
      'id of a device': devices[covered.id] as string,
    },
    callers: {
      'no key': { headers: {} },
      'another scheme': { headers: { authorization: `Basic ${all.secret}` } },
      'malformed key': bearer('a-key-of-something-else'),
      'mistyped key': bearer(mistyped(all.secret)),
      'unknown key': bearer(strange('ak_live_')),
      'known id, other secret': bearer(otherSecret(all.secret, 'ak_live_')),
      'deleted key': bearer(deleted.secret),
      'disabled key': bearer(disabled.secret),
      'expired key': bearer(expired.secret),
      'key from outside its networks': bearer(outside.secret),
      'reported key': bearer(reported.secret),
      'replaced key without overlap': bearer(replaced.secret),
      'all, within its networks': bearer(within.secret),
      'all, replaced, in the overlap': bearer(overlapping.secret),
      'all, the successor': bearer(successor.secret),
      'all, narrowed to specific': bearer(narrowed.secret),
      'key of a suspended partner': bearer(ofSuspended.secret),
      'own key of a suspended customer': own('suspended'),
      'set-up link': bearer(link.url.split('#')[1] as string),
      'access token': bearer(token.token),
      'gateway token': bearer(gateway.token),
      'session of the vendor': sessionOf(await door.account(vendorId as string)),
      'session of the partner': sessionOf(partner.portal),
      'session of the customer': sessionOf(covered.portal),
      all: bearer(all.secret),
      specific: bearer(specific.secret),
      demo: bearer(demoKey.secret),
      'demo key of a customer': { ...bearer((await door.key(covered.portal, 'demo')).secret), own: covered.id },
      own: own('covered'),
      'own key of a customer whose consent is withdrawn': own('consent withdrawn'),
      'own key of a customer without a partner': own('never connected'),
      'own key of a lapsed customer': own('lapsed by the clock alone'),
      'own key of a terminated customer': own('terminated'),
    },
    close: () => lines.close(),
  }
}
