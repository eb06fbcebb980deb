import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { subscription, subscriptionKind } from '../../domain/subscription.ts'
import { givenId, givenInstant } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { lockCompany } from '../../store/companies.ts'
import { violates } from '../../store/failures.ts'
import { startSubscription as insertSubscription } from '../../store/subscriptions.ts'
import { access } from '../access.ts'
import { withoutOverlap } from './without-overlap.ts'

export const startSubscription = managementOperation({
  operationId: 'startSubscription',
  method: 'POST',
  path: '/companies/{companyId}/subscriptions',
  tag: 'subscriptions',
  summary: 'Start a subscription',
  description: 'A paid one that starts during a trial ends the trial at its start.',
  access: access.startSubscription,
  params: z.object({ companyId: givenId }),
  body: z.strictObject({
    kind: subscriptionKind,
    startsAt: givenInstant.optional().describe('Absent: now.'),
    endsAt: givenInstant.describe('The first moment that it does not hold.'),
  }),
  answer: { status: 201, schema: subscription },
  problems: ['not-found', 'not-a-customer', 'subscription-overlap'],
  handle: async ({ context, caller, params, body }) => {
    const startsAt = body.startsAt === undefined ? context.clock.now() : new Date(body.startsAt)
    if (new Date(body.endsAt) <= startsAt) throw problem('request-malformed', { detail: 'body.endsAt: must be after the start' })
    if (new Date(body.endsAt) <= context.clock.now()) throw problem('request-malformed', { detail: 'body.endsAt: is past' })
    return withoutOverlap(
      context.db.transaction('request', caller.actor, async (tx) => {
        const id = idFrom(params.companyId)
        const kind = await lockCompany(tx, id)
        if (kind === null) throw problem('not-found')
        if (kind !== 'customer') throw problem('not-a-customer')
        return insertSubscription(tx, id, body)
      }),
    ).catch((error) => {
      // It passed while the transaction waited for its turn, and so for the moment that it begins at.
      if (violates(error, 'subscription_check')) throw problem('request-malformed', { detail: 'body.endsAt: is past' })
      throw error
    })
  },
})
