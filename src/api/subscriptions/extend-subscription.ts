import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { subscription } from '../../domain/subscription.ts'
import { givenId, givenInstant } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { extendSubscription as extendSubscriptionRow, lockSubscription, subscriptionById } from '../../store/subscriptions.ts'
import { access } from '../access.ts'
import { withoutOverlap } from './without-overlap.ts'

export const extendSubscription = managementOperation({
  operationId: 'extendSubscription',
  method: 'POST',
  path: '/subscriptions/{subscriptionId}/extension',
  tag: 'subscriptions',
  summary: 'Move the end of a subscription to later',
  description: 'Of one that is active or upcoming and not canceled; after its end start a new one, which keeps all consents.',
  access: access.extendSubscription,
  params: z.object({ subscriptionId: givenId }),
  body: z.strictObject({ endsAt: givenInstant }),
  answer: { status: 200, schema: subscription },
  problems: ['not-found', 'subscription-closed', 'subscription-overlap'],
  handle: async ({ context, caller, params, body }) =>
    withoutOverlap(
      context.db.transaction('request', caller.actor, async (tx) => {
        const id = idFrom(params.subscriptionId)
        const present = await lockSubscription(tx, id)
        if (present === null) throw problem('not-found')
        if (present.state === 'ended' || present.canceledAt !== undefined) throw problem('subscription-closed')
        if (new Date(body.endsAt) <= new Date(present.endsAt)) {
          throw problem('request-malformed', { detail: `body.endsAt: must be after the present end, ${present.endsAt}` })
        }
        await extendSubscriptionRow(tx, id, body.endsAt)
        return (await subscriptionById(tx, id)) ?? present
      }),
    ),
})
