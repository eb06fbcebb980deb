import { z } from 'zod'
import { newSetupLink } from '../../auth/setup-link.ts'
import { idFrom } from '../../domain/ids.ts'
import { role } from '../../domain/role.ts'
import { emailAddress, givenId, instant } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { companyById } from '../../store/companies.ts'
import { access } from '../access.ts'

export const createSetupLink = managementOperation({
  operationId: 'createSetupLink',
  method: 'POST',
  path: '/companies/{companyId}/setup-links',
  tag: 'setup',
  summary: 'A link that lets one person make an account in a company, once',
  description: 'For one address: a link for any would tell its holder which addresses have accounts.',
  access: access.createSetupLink,
  params: z.object({ companyId: givenId }),
  body: z.strictObject({ role, email: emailAddress.describe('The only address that may use it.') }),
  answer: {
    status: 201,
    schema: z.object({ id: z.string(), url: z.string().describe('Shown this once.'), expiresAt: instant }),
  },
  problems: ['not-found'],
  handle: async ({ context, caller, params, body }) =>
    context.db.transaction('request', caller.actor, async (tx) => {
      const company = await companyById(tx, idFrom(params.companyId))
      // The demo company has data and nobody who signs in.
      if (company === null || company.kind === 'demo') throw problem('not-found')
      return newSetupLink(context, tx, company.id, { role: body.role, email: body.email })
    }),
})
