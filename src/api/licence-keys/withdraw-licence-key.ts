import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { withdrawLicenceKey as endLicenceKey, lockLicenceKey } from '../../store/licence-keys.ts'
import { access } from '../access.ts'

export const withdrawLicenceKey = managementOperation({
  operationId: 'withdrawLicenceKey',
  method: 'DELETE',
  path: '/licence-keys/{licenceKeyId}',
  tag: 'licence keys',
  summary: 'Withdraw a licence key',
  description: 'It cannot be redeemed any more. What a redeemed one has added stays: terminate the subscription instead.',
  access: access.withdrawLicenceKey,
  params: z.object({ licenceKeyId: givenId }),
  answer: { status: 204 },
  problems: ['not-found', 'licence-key-used'],
  handle: async ({ context, caller, params }) => {
    await context.db.transaction('request', caller.actor, async (tx) => {
      const id = idFrom<string>(params.licenceKeyId)
      const locked = await lockLicenceKey(tx, id)
      if (locked === null) throw problem('not-found')
      if (!locked.isOpen) throw problem('licence-key-used')
      await endLicenceKey(tx, id)
    })
    return undefined
  },
})
