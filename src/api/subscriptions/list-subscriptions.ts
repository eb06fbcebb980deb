import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { subscription } from '../../domain/subscription.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { companyById } from '../../store/companies.ts'
import { subscriptionsOf } from '../../store/subscriptions.ts'
import { access } from '../access.ts'

export const listSubscriptions = managementOperation({
  operationId: 'listSubscriptions',
  method: 'GET',
  path: '/companies/{companyId}/subscriptions',
  tag: 'subscriptions',
  summary: "A company's subscriptions, the newest first",
  access: access.listSubscriptions,
  params: z.object({ companyId: givenId }),
  answer: { status: 200, schema: z.object({ subscriptions: z.array(subscription) }) },
  problems: ['not-found'],
  handle: async ({ context, params }) => {
    const id = idFrom(params.companyId)
    const subscriptions = await subscriptionsOf(context.db.request, id)
    if (subscriptions.length === 0 && (await companyById(context.db.request, id)) === null) throw problem('not-found')
    return { subscriptions }
  },
})
