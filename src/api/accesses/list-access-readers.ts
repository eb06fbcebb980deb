import { z } from 'zod'
import { accessReader } from '../../domain/data-access.ts'
import { managementOperation } from '../../http/management.ts'
import { accessReadersOf } from '../../store/accesses/history.ts'
import { access } from '../access.ts'
import { accessRange, customerOf, filterOf } from './asked.ts'

export const listAccessReaders = managementOperation({
  operationId: 'listAccessReaders',
  method: 'GET',
  path: '/accesses/readers',
  tag: 'accesses',
  summary: "Who accessed the customer's data, and by which operations",
  access: access.listAccessReaders,
  query: z.object(accessRange),
  answer: { status: 200, schema: z.object({ readers: z.array(accessReader), operations: z.array(z.string()) }) },
  handle: async ({ context, caller, query }) =>
    accessReadersOf(context.db.request, customerOf(caller), filterOf(query, context.clock)),
})
