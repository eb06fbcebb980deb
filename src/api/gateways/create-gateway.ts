import { z } from 'zod'
import { newCredential } from '../../domain/credential.ts'
import { gateway, gatewayName } from '../../domain/gateway.ts'
import { hashSecret } from '../../domain/server-secrets.ts'
import { gatewayAdded } from '../../email/gateway-added.ts'
import { managementOperation } from '../../http/management.ts'
import { gatewaysOf, createGateway as insertGateway } from '../../store/gateways.ts'
import { access } from '../access.ts'
import { tellAdministrators } from '../notices.ts'

export const createGateway = managementOperation({
  operationId: 'createGateway',
  method: 'POST',
  path: '/gateways',
  tag: 'gateways',
  summary: 'Add a gateway',
  access: access.createGateway,
  body: z.strictObject({ name: gatewayName }),
  answer: { status: 201, schema: z.object({ gateway, token: z.string().describe('For its configuration. Shown this once.') }) },
  handle: async ({ context, caller, body }) => {
    const credential = newCredential('gw_', context.clock)
    const { hash, secretName } = hashSecret(credential, context.secrets)
    return context.db.transaction('request', caller.actor, async (tx) => {
      await insertGateway(tx, caller.company.id, { id: credential.id, name: body.name, secretHash: hash, secretName })
      const [made] = await gatewaysOf(tx, caller.company.id, caller.memberId ?? '', credential.id)
      if (made === undefined) throw new Error('a gateway was made and is not there')
      await tellAdministrators(context, tx, caller, gatewayAdded, body.name)
      return { gateway: made, token: credential.text }
    })
  },
})
