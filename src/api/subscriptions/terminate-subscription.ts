import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { subscription } from '../../domain/subscription.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import {
  lockSubscription,
  subscriptionById,
  terminateSubscription as terminateSubscriptionRow,
} from '../../store/subscriptions.ts'
import { access } from '../access.ts'

export const terminateSubscription = managementOperation({
  operationId: 'terminateSubscription',
  method: 'POST',
  path: '/subscriptions/{subscriptionId}/termination',
  tag: 'subscriptions',
  summary: 'Terminate a subscription',
  description: 'Ends it at once: whoever read by it is refused from the answer on. Done already: nothing changes.',
  access: access.terminateSubscription,
  params: z.object({ subscriptionId: givenId }),
  answer: { status: 200, schema: subscription },
  problems: ['not-found', 'subscription-closed'],
  handle: async ({ context, caller, params }) =>
    context.db.transaction('request', caller.actor, async (tx) => {
      const id = idFrom(params.subscriptionId)
      const present = await lockSubscription(tx, id)
      if (present === null) throw problem('not-found')
      if (present.terminatedAt !== undefined) return present
      if (present.state === 'ended') throw problem('subscription-closed')
      await terminateSubscriptionRow(tx, id)
      return (await subscriptionById(tx, id)) ?? present
    }),
})
