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
  /** The offset of the last event of this feed that it was told; null: none. */
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
  place: number
  part: number
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
    ...{ id, webhookId, organizationId: null, needs: 'nothing', kind: testKind, lane: `test ${id}`, place: 0, part: 0 },
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

/** The events of one feed for one webhook, in their order. Each names the offset of the one before it, so that a gap shows. */
export function alarmEvents(
  hearer: Hearer,
  organizationId: string,
  alarms: readonly HeardAlarm[],
  places: DevicePlaces,
): NewDelivery[] {
  const made: NewDelivery[] = []
  let previous = hearer.told
  for (const alarm of alarms) {
    const device = places.get(alarm.deviceId)
    const had = severitiesOf(alarm, hearer.since)
    if (alarm.changedAt < hearer.since || !isHeard(hearer, had, device)) continue
    for (const [part, kind] of kindsOf(alarm).entries()) {
      if (!hearer.kinds.includes(kind)) continue
      const common = {
        webhookId: hearer.id,
        organizationId,
        needs: 'alarms' as const,
        kind,
        lane: `alarms ${alarm.deviceId}`,
        place: alarm.offset,
        part,
        acceptedAt: alarm.changedAt,
      }
      if (hearer.format === 'alarms') {
        const bare = alarmsBody(hearer, organizationId, alarm, had, kind, undefined)
        const full = hearer.inventory && device ? alarmsBody(hearer, organizationId, alarm, had, kind, device) : null
        made.push({ ...common, body: full ?? bare, lesserBody: full === null ? null : bare })
        continue
      }
      const data = `{${offsets(organizationId, alarm.offset, previous)},"alarm":${alarm.json}}`
      made.push({ ...common, body: standardBody(kind, alarm.changedAt, data), lesserBody: null })
    }
    if (made.at(-1)?.place === alarm.offset) previous = alarm.offset
  }
  return made
}

export function deviceEvents(
  hearer: Hearer,
  organizationId: string,
  devices: readonly HeardDevice[],
  places: DevicePlaces,
): NewDelivery[] {
  const made: NewDelivery[] = []
  let previous = hearer.told
  for (const device of devices) {
    const kind: WebhookKind = device.removed ? 'device.removed' : 'device.changed'
    if (device.changedAt < hearer.since || !hearer.kinds.includes(kind) || !isHeard(hearer, null, places.get(device.id))) continue
    const what = device.removed ? `"deviceId":${JSON.stringify(device.id)}` : `"device":${device.json}`
    made.push({
      webhookId: hearer.id,
      organizationId,
      needs: 'inventory',
      kind,
      lane: `inventory ${device.id}`,
      place: device.offset,
      part: 0,
      body: standardBody(kind, device.changedAt, `{${offsets(organizationId, device.offset, previous)},${what}}`),
      lesserBody: null,
      acceptedAt: device.changedAt,
    })
    previous = device.offset
  }
  return made
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
