import { z } from 'zod'
import { emailAddress } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { access } from '../access.ts'
import { ownOf } from '../account/own.ts'
import { erase } from './erase.ts'

export const eraseOwnAccount = managementOperation({
  operationId: 'eraseOwnAccount',
  method: 'POST',
  path: '/account/erasure',
  tag: 'people',
  summary: 'Erase your own account',
  description:
    'The account, its sessions and ways to sign in, the membership, its access tokens, and what the record of acts keeps of the person beside its ' +
    "chain. The acts themselves stay, under an id that nobody can tell the person by. The company's keys and gateways stay.",
  access: access.eraseOwnAccount,
  body: z.strictObject({ email: emailAddress.describe("The account's address, typed again.") }),
  answer: { status: 204 },
  problems: ['address-not-repeated', 'last-administrator'],
  handle: async ({ context, accounts, caller, body, request, reply }) => {
    const { account } = await ownOf({ context, caller, request })
    if (account.email.toLowerCase() !== body.email) throw problem('address-not-repeated')
    await erase(context, caller, account.personId)
    for (const cookie of accounts.forgetting()) reply.header('set-cookie', cookie)
    return undefined
  },
})
