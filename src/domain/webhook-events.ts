import { severitiesByWeight } from './alarm.ts'
import { randomBase62 } from './base62.ts'
import type { Severity } from './batch.ts'
import { testKind, type WebhookKind } from './webhook.ts'
import { alarmsBody, offsets, standardBody, testAlarms } from './webhook-bodies.ts'
import type { SeenThere } from './webhook-seen.ts'

/** A webhook that hears a feed of an organization, which it covers now. */
export interface Hearer {
  id: string
  format: 'standard' | 'alarms'
  kinds: readonly string[]
  severities: readonly string[] | null
  locationIds: readonly string[] | null
  /** A digest of these; null: of any. */
  locationFilter: string | null
  /** The organization's name. */
  label: string
  /** Whether the inventory is covered too. */
  inventory: boolean
  /** What the right rests on: another one is another coverage. */
  basis: string
  /** What was accepted before is not told: it was not covered, or the webhook not enabled. */
  since: string
  /** The offset of the last event of this feed that it was told; null: none of what was accepted since. */
  told: number | null
}

/** An event for one webhook, to be stored. */
export interface NewDelivery {
  /** Its webhook-id, where that is given out already; absent: a new one. */
  id?: string
  webhookId: string
  organizationId: string | null
  needs: 'nothing' | 'organization' | 'inventory' | 'alarms'
  kind: string
  lane: string
  /** The offset in its feed of what it tells of; of what is in no feed, the time in ms. */
  place: number
  body: string
  lesserBody: string | null
  acceptedAt: string
}

/** A changed alarm, as its feed has it. */
export interface HeardAlarm {
  id: string
  deviceId: string
  severity: string
  /** The severities that it had since it became active, where somebody who hears asks for them, each with when it last came to have it. */
  had: readonly { severity: string; at: string }[]
  offset: number
  changedAt: string
  /** Whether it became active, or was cleared, since events were last made of the feed. */
  activated: boolean
  cleared: boolean
  /** Whether it is cleared now. */
  over: boolean
  json: string
}

/** A changed or removed device. */
export interface HeardDevice {
  id: string
  offset: number
  changedAt: string
  removed: boolean
  json: string
}

/** A device with its locations, nearest first. */
export interface DevicePlace {
  json: string
  locations: readonly { id: string; label: string }[]
}

/** Devices by their ids, where the inventory is covered by somebody who hears. */
export type DevicePlaces = ReadonlyMap<string, DevicePlace>

/** A new webhook-id. */
export function newDeliveryId(source: { randomBytes(size: number): Uint8Array }): string {
  return `msg_${randomBase62(22, (size) => source.randomBytes(size))}`
}

/** A test: it tells nothing of anybody's data. Each has a lane of its own, so that it waits for nothing. */
export function testDelivery(webhookId: string, id: string, at: string, format: 'standard' | 'alarms'): NewDelivery {
  return {
    ...{ id, webhookId, organizationId: null, needs: 'nothing', kind: testKind, lane: `test ${id}`, place: 0 },
    body: format === 'alarms' ? testAlarms(id, at) : standardBody(testKind, at, '{}'),
    lesserBody: null,
    acceptedAt: at,
  }
}

/** Who hears the feeds of an organization, of each the one first that has covered it the longest. */
export type Hearers = Readonly<Record<HeardChange['family'], readonly Hearer[]>>

/** A change of a feed, of which events are made. */
export type HeardChange = ({ family: 'alarms' } & HeardAlarm) | ({ family: 'inventory' } & HeardDevice)

/**
 * The changes of two feeds in the order in which they were accepted, each feed's own kept. Of one batch, a device comes before its alarms, and goes after
 * them. As far as both are known: of a feed of which `limit` were read there may be more, which come before what is left of the other.
 */
export function inOrder(
  { alarms, inventory }: { alarms: readonly HeardAlarm[]; inventory: readonly HeardDevice[] },
  limit: number,
): HeardChange[] {
  const ordered: HeardChange[] = []
  let [nextAlarm, nextDevice] = [0, 0]
  for (;;) {
    const [alarm, device] = [alarms[nextAlarm], inventory[nextDevice]]
    if (alarm === undefined ? device === undefined || alarms.length >= limit : device === undefined && inventory.length >= limit)
      return ordered
    if (device !== undefined && (alarm === undefined || isBefore(device, alarm))) {
      ordered.push({ family: 'inventory', ...device })
      nextDevice += 1
    } else if (alarm !== undefined) {
      ordered.push({ family: 'alarms', ...alarm })
      nextAlarm += 1
    }
  }
}

function isBefore(device: HeardDevice, alarm: HeardAlarm): boolean {
  return device.changedAt < alarm.changedAt || (device.changedAt === alarm.changedAt && !device.removed)
}

/** The events of changes, in their order, for all who hear them. Each names the offset of the one before it (`told`), so that a gap shows. */
export function eventsOf(
  hearers: Hearers,
  organizationId: string,
  changes: readonly HeardChange[],
  places: DevicePlaces,
  seen: SeenThere,
): NewDelivery[] {
  const offsetsOf = (heard: readonly Hearer[]) => new Map(heard.map(({ id, told }) => [id, told]))
  const told = { alarms: offsetsOf(hearers.alarms), inventory: offsetsOf(hearers.inventory) }
  return changes.flatMap((change) =>
    hearers[change.family].flatMap((hearer) => {
      const previous = told[change.family].get(hearer.id) ?? null
      const made =
        change.family === 'alarms'
          ? alarmEvents(hearer, organizationId, change, places, seen, previous)
          : deviceEvents(hearer, organizationId, change, places, seen, previous)
      if (made.length > 0) told[change.family].set(hearer.id, change.offset)
      return made
    }),
  )
}

/** The events of an alarm for a webhook, in their order. */
function alarmEvents(
  hearer: Hearer,
  organizationId: string,
  alarm: HeardChange & { family: 'alarms' },
  places: DevicePlaces,
  seen: SeenThere,
  previous: number | null,
): NewDelivery[] {
  const device = places.get(alarm.deviceId)
  const had = severitiesOf(alarm, hearer.since)
  if (alarm.changedAt < hearer.since || !isThere(hearer, alarm, device, seen) || !isSevere(hearer, had)) return []
  const heard = kindsOf(alarm).filter((kind) => hearer.kinds.includes(kind))
  return heard.map((kind) => {
    const common = {
      webhookId: hearer.id,
      organizationId,
      needs: 'alarms' as const,
      kind,
      lane: laneOf(alarm.deviceId),
      place: alarm.offset,
      acceptedAt: alarm.changedAt,
    }
    if (hearer.format === 'alarms') {
      const bare = alarmsBody(hearer, organizationId, alarm, had, kind, undefined)
      const full = hearer.inventory && device ? alarmsBody(hearer, organizationId, alarm, had, kind, device) : null
      return { ...common, body: full ?? bare, lesserBody: full === null ? null : bare }
    }
    const data = `{${offsets(organizationId, alarm.offset, previous)},"alarm":${alarm.json}}`
    return { ...common, body: standardBody(kind, alarm.changedAt, data), lesserBody: null }
  })
}

/** The event of a device for a webhook, where that hears it. */
function deviceEvents(
  hearer: Hearer,
  organizationId: string,
  device: HeardChange & { family: 'inventory' },
  places: DevicePlaces,
  seen: SeenThere,
  previous: number | null,
): NewDelivery[] {
  const kind: WebhookKind = device.removed ? 'device.removed' : 'device.changed'
  if (device.changedAt < hearer.since || !isThere(hearer, device, places.get(device.id), seen) || !hearer.kinds.includes(kind))
    return []
  const what = device.removed ? `"deviceId":${JSON.stringify(device.id)}` : `"device":${device.json}`
  return [
    {
      webhookId: hearer.id,
      organizationId,
      needs: 'inventory',
      kind,
      lane: laneOf(device.id),
      place: device.offset,
      body: standardBody(kind, device.changedAt, `{${offsets(organizationId, device.offset, previous)},${what}}`),
      lesserBody: null,
      acceptedAt: device.changedAt,
    },
  ]
}

/** What is told of a device is sent in one order, whichever feed it comes from. */
function laneOf(deviceId: string): string {
  return `device ${deviceId}`
}

/** What happened to an alarm since it was last looked at: it may have come and gone. */
function kindsOf({ activated, cleared }: HeardAlarm): WebhookKind[] {
  if (!activated && !cleared) return ['alarm.updated']
  return [...(activated ? (['alarm.activated'] as const) : []), ...(cleared ? (['alarm.cleared'] as const) : [])]
}

/** What an alarm was since it became active, the worst first, as far as whoever hears since then may know. */
function severitiesOf({ severity, had }: HeardAlarm, since: string): readonly Severity[] {
  const known = new Set([severity, ...had.flatMap((one) => (one.at < since ? [] : [one.severity]))])
  return severitiesByWeight.filter((one) => known.has(one))
}

/** Whoever asks for some severities hears of an alarm from when it has one of them until its end: also that it is less severe now, or over. */
function isSevere({ severities }: Hearer, had: readonly string[]): boolean {
  return severities === null || had.some((one) => severities.includes(one))
}

/**
 * Whoever asks for locations hears of an alarm that was there until it is over, and of a device that was there that it leaves: also where that is elsewhere now.
 * It hears nothing where the inventory, which says where a device is, is not covered.
 */
function isThere(
  { id: webhookId, locationIds, inventory }: Hearer,
  subject: HeardChange,
  device: DevicePlace | undefined,
  seen: SeenThere,
): boolean {
  if (locationIds === null) return true
  if (!inventory) return false
  const here = device?.locations.some(({ id }) => locationIds.includes(id)) ?? false
  const before = seen.has(webhookId, subject.id)
  const stays = subject.family === 'inventory' ? here && !subject.removed : (here || before) && !subject.over
  seen.note({ webhookId, subjectId: subject.id, acceptedAt: subject.changedAt }, stays)
  return here || before
}
