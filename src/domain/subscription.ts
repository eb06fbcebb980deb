import { z } from 'zod'
import { instant } from './text.ts'

export const subscriptionKind = z.enum(['paid', 'trial'])
export type SubscriptionKind = z.infer<typeof subscriptionKind>

export const subscription = z
  .object({
    id: z.string(),
    kind: subscriptionKind,
    startsAt: instant,
    endsAt: instant.describe('The first moment that it does not hold.'),
    canceledAt: instant.optional().describe('Not renewed: valid to its end, and cannot be extended.'),
    terminatedAt: instant.optional().describe('Ended at once by the vendor.'),
    state: z.enum(['upcoming', 'active', 'ended']),
  })
  .meta({ id: 'Subscription', description: 'A period [startsAt, endsAt) in which data of a customer may be read.' })
export type Subscription = z.infer<typeof subscription>
