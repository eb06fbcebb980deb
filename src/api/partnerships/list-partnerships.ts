import { z } from 'zod'
import { partnership } from '../../domain/partnership.ts'
import { managementOperation } from '../../http/management.ts'
import { partnerships } from '../../store/partnerships.ts'
import { access } from '../access.ts'

export const listPartnerships = managementOperation({
  operationId: 'listPartnerships',
  method: 'GET',
  path: '/partnerships',
  tag: 'partnerships',
  summary: 'Which customers and partners are connected',
  access: access.listPartnerships,
  answer: { status: 200, schema: z.object({ partnerships: z.array(partnership) }) },
  handle: async ({ context }) => ({ partnerships: await partnerships(context.db.request) }),
})
