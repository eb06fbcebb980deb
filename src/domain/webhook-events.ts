import { severitiesByWeight } from './alarm.ts'
import { randomBase62 } from './base62.ts'
import type { Severity } from './batch.ts'
import { testKind, type WebhookKind } from './webhook.ts'

/** A webhook that hears a feed of an organization, which it covers now. */
export interface Hearer {
  id: string
  format: 'standard' | 'alarms'
  kinds: readonly string[]
  severities: readonly string[] | null
  locationIds: readonly string[] | null
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

/** A device and its locations, nearest first, where the inventory is covered by somebody who hears. */
export type DevicePlaces = ReadonlyMap<string, { json: string; locations: readonly { id: string; label: string }[] }>

/** A new webhook-id. */
export function newDeliveryId(source: { randomBytes(size: number): Uint8Array }): string {
  return `msg_${randomBase62(22, (size) => source.randomBytes(size))}`
}

/** An event as the format standard writes it: type, time, and what is told of, as JSON text. */
export function standardBody(kind: string, at: string, data: string): string {
  return `{"type":${JSON.stringify(kind)},"timestamp":${JSON.stringify(at)},"data":${data}}`
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

/** A test in the format alarms: an alarm of nobody's device. */
function testAlarms(id: string, at: string): string {
  return JSON.stringify([
    {
      id,
      current_severity_peak: 'INFO',
      organization_details: { id: 'test', name: 'Test' },
      device_details: {
        ...{ id: 'test', label: 'Test', model: null, device_type: null },
        ...{ ip4_addresses: [], ip6_addresses: [], mac_addresses: [] },
      },
      location_details: { location_ancestors: [] },
      activation_details: { activated_at: at, label: 'Test', message: 'This is a test of a webhook.' },
      updated_details: null,
      cleared_details: null,
    },
  ])
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
): NewDelivery[] {
  const offsetsOf = (heard: readonly Hearer[]) => new Map(heard.map(({ id, told }) => [id, told]))
  const told = { alarms: offsetsOf(hearers.alarms), inventory: offsetsOf(hearers.inventory) }
  return changes.flatMap((change) =>
    hearers[change.family].flatMap((hearer) => {
      const previous = told[change.family].get(hearer.id) ?? null
      const made =
        change.family === 'alarms'
          ? alarmEvents(hearer, organizationId, change, places, previous)
          : deviceEvents(hearer, organizationId, change, places, previous)
      if (made.length > 0) told[change.family].set(hearer.id, change.offset)
      return made
    }),
  )
}

/** The events of an alarm for a webhook, in their order. */
function alarmEvents(
  hearer: Hearer,
  organizationId: string,
  alarm: HeardAlarm,
  places: DevicePlaces,
  previous: number | null,
): NewDelivery[] {
  const device = places.get(alarm.deviceId)
  const had = severitiesOf(alarm, hearer.since)
  if (alarm.changedAt < hearer.since || !isHeard(hearer, had, device)) return []
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
  device: HeardDevice,
  places: DevicePlaces,
  previous: number | null,
): NewDelivery[] {
  const kind: WebhookKind = device.removed ? 'device.removed' : 'device.changed'
  if (device.changedAt < hearer.since || !hearer.kinds.includes(kind) || !isHeard(hearer, null, places.get(device.id))) return []
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

/** The members of an event that place it in its feed. */
export function offsets(organizationId: string, offset: number, previous: number | null): string {
  return `"organizationId":${JSON.stringify(organizationId)},"offset":${offset}${previous === null ? '' : `,"previousOffset":${previous}`}`
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

/**
 * Whoever asks for some severities hears of an alarm from when it has one of them until its end: also that it is less severe now, or over.
 * A filter by location hears nothing where the inventory, which says where a device is, is not covered.
 */
function isHeard(
  hearer: Hearer,
  had: readonly string[] | null,
  device: { locations: readonly { id: string }[] } | undefined,
): boolean {
  if (hearer.severities !== null && had !== null && !had.some((one) => hearer.severities?.includes(one))) return false
  if (hearer.locationIds === null) return true
  return hearer.inventory && (device?.locations.some(({ id }) => hearer.locationIds?.includes(id)) ?? false)
}

interface AlarmFacts {
  id: string
  label: string
  message: string
  severity: string
  activatedTime: string
  clearedTime?: string
}

/** An array of one event as contract section 6 has it. Without `device`, its details are left empty but for the id. */
function alarmsBody(
  hearer: Hearer,
  organizationId: string,
  alarm: HeardAlarm,
  had: readonly Severity[],
  kind: WebhookKind,
  device: { json: string; locations: readonly { id: string; label: string }[] } | undefined,
): string {
  const { id, label, message, severity, activatedTime, clearedTime } = JSON.parse(alarm.json) as AlarmFacts
  const facts = JSON.parse(device?.json ?? '{}') as Record<string, string | undefined>
  const ip = facts.ipAddress
  return JSON.stringify([
    {
      id,
      current_severity_peak: had[0] ?? severity,
      organization_details: { id: organizationId, name: hearer.label },
      device_details: {
        id: alarm.deviceId,
        label: facts.label ?? null,
        model: facts.modelName ?? null,
        device_type: facts.type ?? null,
        ip4_addresses: ip !== undefined && !ip.includes(':') ? [ip] : [],
        ip6_addresses: ip?.includes(':') ? [ip] : [],
        mac_addresses: facts.macAddress === undefined ? [] : [facts.macAddress],
      },
      location_details: { location_ancestors: device?.locations.map((one) => ({ id: one.id, label: one.label })) ?? [] },
      activation_details: { activated_at: activatedTime, label, message },
      updated_details: kind === 'alarm.updated' ? { label, message, current_severity: severity } : null,
      cleared_details: kind === 'alarm.cleared' ? { cleared_at: clearedTime ?? alarm.changedAt, label, message } : null,
    },
  ])
}
