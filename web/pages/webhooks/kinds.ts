import type { Webhook } from '../../client.ts'

export type Kind = Webhook['kinds'][number]
export type Severity = 'OK' | 'INFO' | 'WARNING' | 'CRITICAL' | 'ERROR' | 'FAIL' | 'INITIALIZE' | 'UNKNOWN'

export const alarmKinds: readonly Kind[] = ['alarm.activated', 'alarm.updated', 'alarm.cleared']
export const severities: readonly Severity[] = ['OK', 'INFO', 'WARNING', 'CRITICAL', 'ERROR', 'FAIL', 'INITIALIZE', 'UNKNOWN']

/** What there is to tell a company of this kind: a customer always reads its own data. */
export function kindsFor(company: string): readonly Kind[] {
  return [
    ...alarmKinds,
    'device.changed',
    'device.removed',
    ...(company === 'partner' ? (['coverage.started', 'coverage.changed', 'coverage.ended'] as const) : []),
    'gateway.offline',
    'gateway.online',
    'key.expiring',
  ]
}
