import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { connectedCustomer } from '../../domain/partnership.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { customersOf } from '../../store/customers.ts'
import { access } from '../access.ts'

export const getCustomer = managementOperation({
  operationId: 'getCustomer',
  method: 'GET',
  path: '/customers/{organizationId}',
  tag: 'customers',
  summary: 'A customer of the partner: whether it is valid, and if not, why',
  description: 'Nothing of its device data: these are read as /organizations/{organizationId}/…, with its consent.',
  access: access.getCustomer,
  params: z.object({ organizationId: givenId }),
  answer: { status: 200, schema: connectedCustomer },
  problems: ['not-found'],
  handle: async ({ context, caller, params }) => {
    const [found] = await customersOf(context.db.request, caller.company.id, idFrom(params.organizationId))
    if (found === undefined) throw problem('not-found')
    return found
  },
})
