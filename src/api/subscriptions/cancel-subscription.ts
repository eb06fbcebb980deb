import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { subscription } from '../../domain/subscription.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { cancelSubscription as cancelSubscriptionRow, lockSubscription, subscriptionById } from '../../store/subscriptions.ts'
import { access } from '../access.ts'

export const cancelSubscription = managementOperation({
  operationId: 'cancelSubscription',
  method: 'POST',
  path: '/subscriptions/{subscriptionId}/cancellation',
  tag: 'subscriptions',
  summary: 'Cancel a subscription',
  description: 'It is not renewed: valid to its end. Done already: nothing changes.',
  access: access.cancelSubscription,
  params: z.object({ subscriptionId: givenId }),
  answer: { status: 200, schema: subscription },
  problems: ['not-found', 'subscription-closed'],
  handle: async ({ context, caller, params }) =>
    context.db.transaction('request', caller.actor, async (tx) => {
      const id = idFrom(params.subscriptionId)
      const present = await lockSubscription(tx, id)
      if (present === null) throw problem('not-found')
      if (present.canceledAt !== undefined) return present
      if (present.state === 'ended') throw problem('subscription-closed')
      await cancelSubscriptionRow(tx, id)
      return (await subscriptionById(tx, id)) ?? present
    }),
})
