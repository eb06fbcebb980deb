import { z } from 'zod'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'
import { ownOf } from './own.ts'

export const removePasskey = managementOperation({
  operationId: 'removePasskey',
  method: 'DELETE',
  path: '/account/passkeys/{passkeyId}',
  tag: 'account',
  summary: 'Remove a passkey',
  access: access.removePasskey,
  params: z.object({ passkeyId: givenId }),
  answer: { status: 204 },
  problems: ['not-found'],
  handle: async (asked) => {
    await asked.accounts.passkeys.remove(await ownOf(asked), asked.params.passkeyId)
    return undefined
  },
})
