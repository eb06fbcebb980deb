import type { Severity } from './batch.ts'
import type { WebhookKind } from './webhook.ts'
import type { DevicePlace, HeardAlarm, Hearer } from './webhook-events.ts'

/** An event as the format standard writes it: type, time, and what is told of, as JSON text. */
export function standardBody(kind: string, at: string, data: string): string {
  return `{"type":${JSON.stringify(kind)},"timestamp":${JSON.stringify(at)},"data":${data}}`
}

/** The members of an event that place it in its feed. */
export function offsets(organizationId: string, offset: number, previous: number | null): string {
  return `"organizationId":${JSON.stringify(organizationId)},"offset":${offset}${previous === null ? '' : `,"previousOffset":${previous}`}`
}

/** A test in the format alarms: an alarm of nobody's device. */
export function testAlarms(id: string, at: string): string {
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

interface AlarmFacts {
  id: string
  label: string
  message: string
  severity: string
  activatedTime: string
  clearedTime?: string
}

/** An array of one event as contract section 6 has it. Without `device`, its details are left empty but for the id. */
export function alarmsBody(
  hearer: Hearer,
  organizationId: string,
  alarm: HeardAlarm,
  had: readonly Severity[],
  kind: WebhookKind,
  device: DevicePlace | undefined,
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
