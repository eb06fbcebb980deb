import { z } from 'zod'
import { gateway } from '../../domain/gateway.ts'
import { managementOperation } from '../../http/management.ts'
import { gatewaysOf } from '../../store/gateways.ts'
import { access } from '../access.ts'

export const listGateways = managementOperation({
  operationId: 'listGateways',
  method: 'GET',
  path: '/gateways',
  tag: 'gateways',
  summary: "The customer's gateways",
  access: access.listGateways,
  answer: { status: 200, schema: z.object({ gateways: z.array(gateway) }) },
  handle: async ({ context, caller }) => ({
    gateways: await gatewaysOf(context.db.request, caller.company.id, caller.memberId ?? ''),
  }),
})
