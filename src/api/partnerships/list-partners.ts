import { z } from 'zod'
import { partner } from '../../domain/partnership.ts'
import { managementOperation } from '../../http/management.ts'
import { partnersOf } from '../../store/partnerships.ts'
import { access } from '../access.ts'

export const listPartners = managementOperation({
  operationId: 'listPartners',
  method: 'GET',
  path: '/partners',
  tag: 'partnerships',
  summary: "The customer's partners, each with the consent given to it",
  access: access.listPartners,
  answer: { status: 200, schema: z.object({ partners: z.array(partner) }) },
  handle: async ({ context, caller }) => ({ partners: await partnersOf(context.db.request, caller.company.id) }),
})
