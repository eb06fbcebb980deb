import { z } from 'zod'
import { unseal } from '../../domain/sealed.ts'
import { signOutPurpose } from '../../domain/sign-in-provider.ts'
import { managementOperation } from '../../http/management.ts'
import { endSession } from '../../store/sessions.ts'
import { providerSignOutOf } from '../../store/sign-in-providers.ts'
import { access } from '../access.ts'

export const signOut = managementOperation({
  operationId: 'signOut',
  method: 'DELETE',
  path: '/session',
  tag: 'session',
  summary: 'Sign out',
  description:
    "The session is over with the answer. Where it began at the company's provider, whose own session goes on, the answer says where a browser ends that " +
    'too; from there it comes back to the sign-in.',
  access: access.signOut,
  answer: {
    status: 200,
    schema: z.object({
      providerUrl: z
        .string()
        .optional()
        .describe("Where to sign out at the company's provider. Absent: there is nothing to end there."),
    }),
  },
  handle: async ({ context, accounts, caller, reply }) => {
    const kept = await context.db.transaction('system', caller.actor, async (tx) => {
      const found = await providerSignOutOf(tx, caller.sessionId)
      await endSession(tx, caller.sessionId)
      return found
    })
    reply.header('set-cookie', accounts.forgetting())
    const providerUrl = kept === null ? null : unseal(kept.sealed, kept.secretName, signOutPurpose, context.secrets)
    return providerUrl === null ? {} : { providerUrl }
  },
})
