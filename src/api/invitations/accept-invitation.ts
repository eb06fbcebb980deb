import { z } from 'zod'
import { findInvitation } from '../../auth/invitation.ts'
import { joinAsNewPerson } from '../../auth/joining.ts'
import { whenceOf } from '../../auth/whence.ts'
import { newPassword } from '../../domain/account.ts'
import { session } from '../../domain/company.ts'
import { line } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { access } from '../access.ts'
import { answerSignIn } from '../session/answer-sign-in.ts'

export const acceptInvitation = managementOperation({
  operationId: 'acceptInvitation',
  method: 'POST',
  path: '/invitations/acceptance',
  tag: 'invitations',
  summary: 'Make an account with an invitation, and join its company',
  description:
    'Uses the link up, and signs the new member in. The address is the one that was invited. Who has an account uses joinCompany.',
  access: access.acceptInvitation,
  body: z.strictObject({ token: z.string().max(200), name: line(100), password: newPassword }),
  answer: { status: 201, schema: session },
  problems: ['link-not-valid', 'email-taken'],
  handle: async ({ context, accounts, body, request, reply }) => {
    const invitation = await findInvitation(context, body.token)
    await joinAsNewPerson(context, invitation, { name: body.name, password: body.password }, request.ip)
    const whence = whenceOf(request)
    const signedIn = await accounts.signIn(invitation.email, body.password, whence)
    if (signedIn === null) throw problem('sign-in-failed')
    return answerSignIn({ context, request, reply }, signedIn)
  },
})
