import { z } from 'zod'
import { findSetupLink, setUpMember } from '../../auth/setup-link.ts'
import { whenceOf } from '../../auth/whence.ts'
import { newPassword } from '../../domain/account.ts'
import { session } from '../../domain/company.ts'
import { emailAddress, line } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { access } from '../access.ts'
import { answerSignIn } from '../session/answer-sign-in.ts'

export const useSetupLink = managementOperation({
  operationId: 'useSetupLink',
  method: 'POST',
  path: '/setup',
  tag: 'setup',
  summary: 'Make an account with a set-up link',
  description: 'Uses the link up, and signs the new member in. Ten tries are let in 15 minutes.',
  access: access.useSetupLink,
  body: z.strictObject({
    token: z.string().max(200),
    name: line(100),
    email: emailAddress
      .optional()
      .describe("Needed where the link names no address, as the vendor's first one; where it does, no other."),
    password: newPassword,
  }),
  answer: { status: 201, schema: session },
  problems: ['link-not-valid', 'email-taken', 'too-many-requests'],
  handle: async ({ context, accounts, proofLimits, body, request, reply }) => {
    const link = await findSetupLink(context, body.token)
    if (link === null) throw problem('link-not-valid')
    const email = link.email ?? body.email
    if (email === undefined)
      throw problem('request-malformed', { detail: 'body.email: this link names no address, so give yours' })
    if (body.email !== undefined && body.email !== email) {
      throw problem('request-malformed', { detail: `body.email: this link is for ${email} alone` })
    }
    // The vendor's first link names no address, and so tells which ones have accounts: to few tries.
    const tried = `set-up link ${link.id}`
    await proofLimits.take(request.ip, tried)
    await setUpMember(context, link, { name: body.name, email, password: body.password }, request.ip)
    await proofLimits.giveBack(request.ip, tried)
    const signedIn = await accounts.signIn(email, body.password, whenceOf(request))
    if (signedIn === null) throw problem('sign-in-failed')
    return answerSignIn({ context, request, reply }, signedIn)
  },
})
