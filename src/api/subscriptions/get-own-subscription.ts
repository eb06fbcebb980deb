import { z } from 'zod'
import { subscription } from '../../domain/subscription.ts'
import { managementOperation } from '../../http/management.ts'
import { presentSubscription, upcomingSubscriptions } from '../../store/subscriptions.ts'
import { access } from '../access.ts'

export const getOwnSubscription = managementOperation({
  operationId: 'getOwnSubscription',
  method: 'GET',
  path: '/subscription',
  tag: 'subscriptions',
  summary: "The customer's own subscription",
  access: access.getOwnSubscription,
  answer: {
    status: 200,
    schema: z.object({
      subscription: subscription.optional().describe('The active one, else the latest; absent: there was none yet.'),
      upcoming: z.array(subscription).describe('Those that begin after it, in their order.'),
      contact: z
        .string()
        .optional()
        .describe('Whom to ask for one: an email address, or a page as https://…; absent: the vendor has named nobody.'),
    }),
  },
  handle: async ({ context, caller }) => {
    const present = await presentSubscription(context.db.request, caller.company.id)
    const upcoming = present === null ? [] : await upcomingSubscriptions(context.db.request, caller.company.id, present.id)
    const { contact } = context.config
    return { ...(present === null ? {} : { subscription: present }), upcoming, ...(contact === undefined ? {} : { contact }) }
  },
})
