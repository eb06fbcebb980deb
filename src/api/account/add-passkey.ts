import { z } from 'zod'
import { passkeyResponse } from '../../domain/account.ts'
import { line } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'
import { ownOf } from './own.ts'

export const addPasskey = managementOperation({
  operationId: 'addPasskey',
  method: 'POST',
  path: '/account/passkeys',
  tag: 'account',
  summary: 'Add a passkey that signs in',
  access: access.addPasskey,
  body: z.strictObject({ name: line(100), response: passkeyResponse }),
  answer: { status: 204 },
  problems: ['passkey-refused'],
  handle: async (asked) => {
    await asked.accounts.passkeys.add(await ownOf(asked), asked.body.name, asked.body.response)
    return undefined
  },
})
