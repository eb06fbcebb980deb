import { z } from 'zod'
import { findCustomerInvitation, joinAsCustomer } from '../../auth/customer-invitation.ts'
import { otherAddress } from '../../auth/joining.ts'
import { whenceOf } from '../../auth/whence.ts'
import { newPassword } from '../../domain/account.ts'
import { companyName, session } from '../../domain/company.ts'
import { line } from '../../domain/text.ts'
import { type ManagementParts, managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import type { OpenInvitation } from '../../store/customer-invitations.ts'
import { outsiderOf } from '../../store/members.ts'
import { addressOf, companyOfPerson } from '../../store/people.ts'
import { access } from '../access.ts'
import { answerSignIn } from '../session/answer-sign-in.ts'

export const acceptCustomerInvitation = managementOperation({
  operationId: 'acceptCustomerInvitation',
  method: 'POST',
  path: '/customer-invitations/acceptance',
  tag: 'customers',
  summary: 'Accept a customer invitation',
  description:
    'Makes the company, connected to the partner without consent, and its administrator: a new account, which is signed in; or, with the ' +
    'session of somebody who has the invited address and no company, that person. The company requires two-factor sign-in.',
  access: access.acceptCustomerInvitation,
  body: z.strictObject({
    token: z.string().max(200),
    organizationName: companyName.optional().describe("Absent: the invitation's."),
    person: z
      .strictObject({ name: line(100), password: newPassword })
      .optional()
      .describe('The new account, for the invited address; absent: whoever is signed in.'),
  }),
  answer: { status: 201, schema: session },
  problems: ['link-not-valid', 'email-taken', 'not-signed-in', 'invited-other-address', 'email-not-verified', 'in-a-company'],
  handle: async ({ context, accounts, body, request, reply }) => {
    const invitation = await findCustomerInvitation(context, body.token)
    if (invitation === null) throw problem('link-not-valid')
    const signedIn = request.headers.cookie === undefined ? null : await accounts.sessionOf(request.headers.cookie)
    if (signedIn !== null) await mayJoin({ context }, invitation, signedIn.personId)
    const joining = signedIn ?? body.person
    if (joining === undefined) throw problem('not-signed-in')
    await joinAsCustomer(context, invitation, body.organizationName ?? invitation.organizationName, joining, request.ip)

    const begun = signedIn ?? (await accounts.signIn(invitation.email, body.person?.password ?? '', whenceOf(request)))
    if (begun === null) throw problem('sign-in-failed')
    return answerSignIn({ context, request, reply }, begun)
  },
})

/** Throws where somebody who is signed in may not use the invitation: what is told here is told after signing in only. */
async function mayJoin(
  { context }: Pick<ManagementParts, 'context'>,
  { email }: OpenInvitation,
  personId: string,
): Promise<void> {
  const own = await addressOf(context.db.request, personId)
  if (own !== email) throw otherAddress(email, own ?? 'somebody else')
  const outsider = await outsiderOf(context.db.request, personId)
  if (outsider === null) {
    const company = await companyOfPerson(context.db.request, personId)
    throw problem('in-a-company', {
      detail: `You belong to ${company ?? 'a company'}, and one person belongs to one company. Ask whoever invited you to invite another address.`,
    })
  }
  if (!outsider.emailVerified) throw problem('email-not-verified')
}
