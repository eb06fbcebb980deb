import { z } from 'zod'
import { findInvitation } from '../../auth/invitation.ts'
import { companyKinds } from '../../domain/company.ts'
import { role } from '../../domain/role.ts'
import { instant } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { openProvider } from '../../store/sign-in-providers.ts'
import { access } from '../access.ts'

export const lookUpInvitation = managementOperation({
  operationId: 'lookUpInvitation',
  method: 'POST',
  path: '/invitations/look-up',
  tag: 'invitations',
  summary: 'To whom and to which company an invitation is, before it is accepted',
  access: access.lookUpInvitation,
  body: z.strictObject({ token: z.string().max(200) }),
  answer: {
    status: 200,
    schema: z.object({
      email: z.string(),
      company: z.object({ name: z.string(), kind: z.enum(companyKinds) }),
      role,
      invitedBy: z.string().optional(),
      expiresAt: instant,
      singleSignOn: z.string().optional().describe("The sign-in name of the company's own provider, where it has one."),
    }),
  },
  problems: ['link-not-valid'],
  handle: async ({ context, body }) => {
    const {
      email,
      companyId,
      companyName,
      companyKind,
      role: as,
      invitedBy,
      expiresAt,
    } = await findInvitation(context, body.token)
    const inviter = invitedBy === null ? {} : { invitedBy }
    const provider = await openProvider(context.db.system, { companyId })
    const singleSignOn = provider === null ? {} : { singleSignOn: provider.name }
    return { email, company: { name: companyName, kind: companyKind }, role: as, ...inviter, expiresAt, ...singleSignOn }
  },
})
