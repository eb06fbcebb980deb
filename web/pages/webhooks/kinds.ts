import type { Severity, Webhook } from '../../client.ts'
import { webhooksTexts } from '../../texts/webhooks.ts'

export type Kind = Webhook['kinds'][number]
export type { Severity }

export const alarmKinds: readonly Kind[] = ['alarm.activated', 'alarm.updated', 'alarm.cleared']
export const severities: readonly Severity[] = ['OK', 'INFO', 'WARNING', 'CRITICAL', 'ERROR', 'FAIL', 'INITIALIZE', 'UNKNOWN']

/**
 * What there is to tell a company of this kind: of a partner's customers, who come, go and share other data; of a customer's own data, which its keys and
 * webhooks read while it has a subscription, and then all of it.
 */
export function kindsFor(company: string): readonly Kind[] {
  return [
    ...alarmKinds,
    'device.changed',
    'device.removed',
    'coverage.started',
    ...(company === 'partner' ? (['coverage.changed'] as const) : []),
    'coverage.ended',
    'gateway.offline',
    'gateway.online',
    'key.expiring',
  ]
}

/** What a kind is called for a company of this kind: for a customer coverage is that of its own data. */
export function kindName(kind: string, company: string): string {
  const own = company === 'customer' ? webhooksTexts.ownKinds[kind] : undefined
  return own ?? webhooksTexts.kinds[kind] ?? kind
}
