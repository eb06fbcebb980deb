import { z } from 'zod'
import { connectedCustomer } from '../../domain/partnership.ts'
import { managementOperation } from '../../http/management.ts'
import { customersOf } from '../../store/customers.ts'
import { access } from '../access.ts'

export const listCustomers = managementOperation({
  operationId: 'listCustomers',
  method: 'GET',
  path: '/customers',
  tag: 'customers',
  summary: "The partner's customers: which are valid, and if not, why",
  access: access.listCustomers,
  answer: { status: 200, schema: z.object({ customers: z.array(connectedCustomer) }) },
  handle: async ({ context, caller }) => ({ customers: await customersOf(context.db.request, caller.company.id) }),
})
