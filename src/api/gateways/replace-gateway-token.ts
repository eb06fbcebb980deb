import { z } from 'zod'
import { renewedCredential } from '../../domain/credential.ts'
import { idFrom } from '../../domain/ids.ts'
import { hashSecret } from '../../domain/server-secrets.ts'
import { givenId } from '../../domain/text.ts'
import { gatewayTokenReplaced } from '../../email/gateway-token-replaced.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { replaceGatewaySecret } from '../../store/gateways.ts'
import { access } from '../access.ts'
import { tellAdministrators } from '../notices.ts'

export const replaceGatewayToken = managementOperation({
  operationId: 'replaceGatewayToken',
  method: 'POST',
  path: '/gateways/{gatewayId}/token',
  tag: 'gateways',
  summary: "Replace a gateway's token",
  description:
    'The former token is refused at once. Our gateway keeps what it reads meanwhile, and sends it when it is started with the new one.',
  access: access.replaceGatewayToken,
  params: z.object({ gatewayId: givenId }),
  answer: { status: 201, schema: z.object({ token: z.string().describe('For its configuration. Shown this once.') }) },
  problems: ['not-found'],
  handle: async ({ context, caller, params }) => {
    const id = idFrom(params.gatewayId)
    const credential = renewedCredential('gw_', id, context.clock)
    const { hash, secretName } = hashSecret(credential, context.secrets)
    return context.db.transaction('request', caller.actor, async (tx) => {
      const name = await replaceGatewaySecret(tx, caller.company.id, id, { secretHash: hash, secretName })
      if (name === null) throw problem('not-found')
      await tellAdministrators(context, tx, caller, gatewayTokenReplaced, name)
      return { token: credential.text }
    })
  },
})
