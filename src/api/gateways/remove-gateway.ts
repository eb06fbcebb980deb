import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { gatewayRemoved } from '../../email/gateway-removed.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { removeGateway as endGateway } from '../../store/gateways.ts'
import { access } from '../access.ts'
import { tellAdministrators } from '../notices.ts'

export const removeGateway = managementOperation({
  operationId: 'removeGateway',
  method: 'DELETE',
  path: '/gateways/{gatewayId}',
  tag: 'gateways',
  summary: 'Remove a gateway',
  description: 'Ends its token. What it reported stays.',
  access: access.removeGateway,
  params: z.object({ gatewayId: givenId }),
  answer: { status: 204 },
  problems: ['not-found'],
  handle: async ({ context, caller, params }) => {
    const id = idFrom(params.gatewayId)
    return context.db.transaction('request', caller.actor, async (tx) => {
      const name = await endGateway(tx, caller.company.id, id)
      if (name === null) throw problem('not-found')
      await tellAdministrators(context, tx, caller, gatewayRemoved, name)
      return undefined
    })
  },
})
