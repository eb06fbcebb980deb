import { z } from 'zod'
import { instant, line, storedId } from './text.ts'

/** The purpose under which webhooks' secrets are sealed. */
export const webhookPurpose = 'secrets of webhooks'

/** Bounds of a company's webhooks, and of one's filters. */
export const webhooksMax = 50
export const webhookFilterMax = 500
/** For how long a former secret may sign on beside its successor. */
export const overlapHoursMax = 7 * 24

export const alarmKinds = ['alarm.activated', 'alarm.updated', 'alarm.cleared'] as const
export const deviceKinds = ['device.changed', 'device.removed'] as const
export const coverageKinds = ['coverage.started', 'coverage.changed', 'coverage.ended'] as const
/** Whether an event of this kind tells of coverage: such are sent beside the others. */
export const isNotice = (kind: string) => kind.startsWith('coverage.')
export const gatewayKinds = ['gateway.offline', 'gateway.online'] as const
export const webhookKinds = [...coverageKinds, ...alarmKinds, ...deviceKinds, ...gatewayKinds, 'key.expiring'] as const
export const webhookKind = z.enum(webhookKinds)
export type WebhookKind = z.infer<typeof webhookKind>
/** What a test is told as. Nobody chooses it. */
export const testKind = 'webhook.test'

export const severities = ['OK', 'INFO', 'WARNING', 'CRITICAL', 'ERROR', 'FAIL', 'INITIALIZE', 'UNKNOWN'] as const

export const webhookName = line(100)
export const webhookUrl = z
  .string()
  .trim()
  .max(2000)
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'is not an address such as https://example.com/hook',
  )
  .refine(
    (text) => !URL.canParse(text) || (new URL(text).username === '' && new URL(text).password === ''),
    'must not hold a name or a password',
  )

export const webhookFormat = z
  .enum(['standard', 'alarms'])
  .describe(
    'standard: one signed event a request (Standard Webhooks 1.0.0). alarms: an array of alarms, for receivers written for that.',
  )
export const webhookScheme = z
  .enum(['v1', 'v1a'])
  .describe('v1: HMAC-SHA256 with a shared secret. v1a: Ed25519, whose public key is no secret.')

/** The header Authorization of the format alarms. */
export const webhookAuthorization = z.discriminatedUnion('scheme', [
  z.strictObject({
    scheme: z.literal('basic'),
    username: z
      .string()
      .min(1)
      .max(200)
      .regex(/^[^:\p{Cc}]*$/u, 'must hold no colon and no control character: Basic divides name and password by a colon'),
    password: z.string().max(500),
  }),
  z.strictObject({
    scheme: z.literal('bearer'),
    token: z
      .string()
      .min(1)
      .max(2000)
      .regex(/^[\x21-\x7e]+$/, 'must be letters, digits and signs of ASCII, without spaces'),
  }),
])
export type WebhookAuthorization = z.infer<typeof webhookAuthorization>

/** What is named twice counts once. */
function once<Value extends string>(values: readonly Value[]): Value[] {
  return [...new Set(values)]
}

const ids = z.array(storedId).overwrite(once).min(1).max(webhookFilterMax)

/** What is told, and of what; the parts of a webhook that may change. */
export const webhookFilters = {
  kinds: z
    .array(webhookKind)
    .overwrite(once)
    .min(1)
    .max(webhookKinds.length)
    .describe(
      'coverage.*: of a partner, what becomes of its customers; of a customer, that its own data is covered by a subscription again, or no longer. coverage.changed comes to partners alone: a customer covers all of its own.',
    ),
  severities: z
    .array(z.enum(severities))
    .overwrite(once)
    .min(1)
    .optional()
    .describe(
      'Alarms that have had one of these since they became active, to their end. Absent: any. Refused where no kind of alarm is told.',
    ),
  organizationIds: ids
    .optional()
    .describe('Of these organizations alone. Absent: of all that are covered. Refused where nothing but key.expiring is told.'),
  locationIds: ids
    .optional()
    .describe(
      'Of devices in these locations, or below them, alone. Absent: anywhere. Refused where no kind of alarm or device is told.',
    ),
}

/** What narrows a webhook; null, as what is absent: nothing does. */
export interface Narrowing {
  kinds: readonly WebhookKind[]
  severities?: readonly string[] | null | undefined
  organizationIds?: readonly string[] | null | undefined
  locationIds?: readonly string[] | null | undefined
}

/** The first filter that narrows nothing of what these kinds tell, and what to do; null: there is none. */
export function idleFilter({ kinds, severities, organizationIds, locationIds }: Narrowing): string | null {
  const tells = (...some: readonly string[]) => kinds.some((kind) => some.includes(kind))
  const way = (...some: readonly string[]) => `name one of ${some.join(', ')} in kinds, or leave it out (null where it is there)`
  if (severities && !tells(...alarmKinds)) return `severities: narrows alarms, and none are told: ${way(...alarmKinds)}`
  if (locationIds && !tells(...alarmKinds, ...deviceKinds))
    return `locationIds: narrows alarms and devices, and none are told: ${way(...alarmKinds, ...deviceKinds)}`
  if (organizationIds && kinds.every((kind) => kind === 'key.expiring'))
    return 'organizationIds: narrows nothing, since keys are of no organization: name another kind, or leave it out (null where it is there)'
  return null
}

export const webhookWarning = z
  .enum(['address-inside', 'address-not-https', 'organizations-not-covered', 'locations-not-covered'])
  .describe(
    'address-inside, address-not-https: nothing is sent to such an address, but to what the operator of this server lists (ASSENT_INSIDE_ADDRESSES). organizations-not-covered, locations-not-covered: none of those that it is narrowed to is covered now, or there is none of these ids; of more than 20 locations that is not looked for.',
  )
export type WebhookWarning = z.infer<typeof webhookWarning>

export const webhook = z
  .object({
    id: z.string(),
    name: z.string(),
    url: z.string(),
    format: webhookFormat,
    scheme: webhookScheme.optional(),
    publicKey: z.string().optional().describe('What verifies v1a signatures.'),
    kinds: z.array(webhookKind),
    severities: z.array(z.string()).optional(),
    organizationIds: z.array(z.string()).optional(),
    locationIds: z.array(z.string()).optional(),
    enabled: z.boolean(),
    disabledReason: z
      .enum(['by hand', 'failing', 'gone', 'overflowing'])
      .optional()
      .describe('gone: the receiver answered 410. overflowing: more waited than may, and was thrown away.'),
    createdAt: instant,
    createdBy: z.string().optional(),
    waiting: z.int().describe('Deliveries that are to be sent.'),
    failed: z.int().describe('Deliveries that failed, of the last 30 days; 1000: that many or more.'),
    failingSince: instant
      .optional()
      .describe('No attempt has succeeded since; 5 days of it in which something waited disable it.'),
    formerSecretEndsAt: instant.optional().describe('Until then the former secret signs too.'),
    warnings: z
      .array(webhookWarning)
      .describe('What keeps it from telling what it is for at present, as far as that is known without trying.'),
  })
  .meta({ id: 'Webhook', description: 'A receiver of events.' })
export type Webhook = z.infer<typeof webhook>

export const deliveryKind = z.enum([...webhookKinds, testKind])
export const deliveryState = z
  .enum(['waiting', 'delivered', 'failed', 'withheld'])
  .describe(
    'failed: all attempts did, or the receiver answered 410. withheld: it was not covered when it was to be sent, and is never sent.',
  )

const attempt = z.object({
  at: instant,
  number: z.int(),
  status: z.int().optional().describe('Absent: there was no answer.'),
  error: z.string().optional(),
  answer: z.string().optional().describe('How the answer begins.'),
  address: z.string().optional().describe('The address that was connected to.'),
  tookMs: z.int(),
})

export const delivery = z
  .object({
    id: z.string().describe('The webhook-id that its receiver sees, the same at each attempt.'),
    kind: z.string(),
    organizationId: z.string().optional(),
    state: deliveryState,
    createdAt: instant,
    settledAt: instant.optional(),
    attempts: z.int(),
    nextAttemptAt: instant.optional(),
    lastStatus: z.int().optional(),
    lastError: z.string().optional(),
  })
  .meta({ id: 'WebhookDelivery', description: 'An event for one webhook.' })
export type Delivery = z.infer<typeof delivery>

export const deliveryDetails = delivery
  .extend({
    body: z.string().optional().describe('What is sent. Absent where it is not covered now.'),
    log: z.array(attempt).describe('Its attempts, the newest first.'),
  })
  .meta({ id: 'WebhookDeliveryDetails' })
export type DeliveryDetails = z.infer<typeof deliveryDetails>
