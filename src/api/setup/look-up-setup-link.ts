import { z } from 'zod'
import { findSetupLink } from '../../auth/setup-link.ts'
import { companyKinds } from '../../domain/company.ts'
import { instant } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { access } from '../access.ts'

export const lookUpSetupLink = managementOperation({
  operationId: 'lookUpSetupLink',
  method: 'POST',
  path: '/setup/look-up',
  tag: 'setup',
  summary: 'What a set-up link is for',
  description: 'A POST, so that the secret of the link stands in no address and no log.',
  access: access.lookUpSetupLink,
  body: z.strictObject({ token: z.string().max(200) }),
  answer: {
    status: 200,
    schema: z.object({
      company: z.object({ name: z.string(), kind: z.enum(companyKinds) }),
      email: z.string().optional().describe('The only address that may use the link; absent: any.'),
      expiresAt: instant,
    }),
  },
  problems: ['link-not-valid'],
  handle: async ({ context, body }) => {
    const link = await findSetupLink(context, body.token)
    if (link === null) throw problem('link-not-valid')
    return {
      company: { name: link.companyName, kind: link.companyKind },
      ...(link.email === null ? {} : { email: link.email }),
      expiresAt: link.expiresAt,
    }
  },
})
