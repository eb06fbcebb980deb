import { z } from 'zod'
import { passwordLengthMax, passwordLengthMin } from '../../auth/accounts.ts'
import { sessionOf } from '../../auth/caller.ts'
import { findCustomerInvitation, joinAsCustomer } from '../../auth/customer-invitation.ts'
import { companyName, session } from '../../domain/company.ts'
import { line } from '../../domain/text.ts'
import { type ManagementParts, managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import type { OpenInvitation } from '../../store/customer-invitations.ts'
import { memberOfPerson } from '../../store/members.ts'
import { companyOfPerson, emailOf } from '../../store/people.ts'
import { access } from '../access.ts'

const password = z
  .string()
  .min(passwordLengthMin, `must have ${passwordLengthMin} characters or more`)
  .max(passwordLengthMax, `must have ${passwordLengthMax} characters or fewer`)

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
      .strictObject({ name: line(100), password })
      .optional()
      .describe('The new account, for the invited address; absent: whoever is signed in.'),
  }),
  answer: { status: 201, schema: session },
  problems: ['link-not-valid', 'email-taken', 'not-signed-in', 'invitation-for-another', 'belongs-elsewhere'],
  handle: async ({ context, accounts, body, request, reply }) => {
    const invitation = await findCustomerInvitation(context, body.token)
    if (invitation === null) throw problem('link-not-valid')
    const signedIn = request.headers.cookie === undefined ? null : await accounts.sessionOf(request.headers.cookie)
    if (signedIn !== null) await mayJoin({ context }, invitation, signedIn.personId)
    const joining = signedIn ?? body.person
    if (joining === undefined) throw problem('not-signed-in')
    await joinAsCustomer(context, invitation, body.organizationName ?? invitation.organizationName, joining, request.ip)

    const begun =
      signedIn ??
      (await accounts.signIn(invitation.email, body.person?.password ?? '', {
        address: request.ip,
        userAgent: request.headers['user-agent'],
      }))
    const member = begun === null ? null : await memberOfPerson(context.db.request, begun.personId)
    if (begun === null || member === null) throw problem('sign-in-failed')
    reply.header('set-cookie', begun.cookies)
    return sessionOf(member, context.config.portalName)
  },
})

/** Whether somebody who is signed in may use the invitation: what is told here is told after signing in only. */
async function mayJoin(
  { context }: Pick<ManagementParts, 'context'>,
  { email }: OpenInvitation,
  personId: string,
): Promise<void> {
  if ((await emailOf(context.db.request, personId)) !== email) throw problem('invitation-for-another')
  const company = await companyOfPerson(context.db.request, personId)
  if (company !== null) {
    throw problem('belongs-elsewhere', {
      detail: `You belong to ${company}, and one person belongs to one company. Ask whoever invited you to invite another address.`,
    })
  }
}
