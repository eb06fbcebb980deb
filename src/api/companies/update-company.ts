import { z } from 'zod'
import { tellingWhoNeedsTwoFactor } from '../../auth/two-factor-requirement.ts'
import { company, companyAddress, companyEmail, companyName, companyPhone } from '../../domain/company.ts'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { companyById, updateCompany as setCompany } from '../../store/companies.ts'
import { hasOneFactorProvider } from '../../store/sign-in-providers.ts'
import { access } from '../access.ts'

const takenAway = 'null takes it away.'

export const updateCompany = managementOperation({
  operationId: 'updateCompany',
  method: 'PATCH',
  path: '/companies/{companyId}',
  tag: 'companies',
  summary: "Change a company's name, address or contact, or what its members need to sign in",
  description: 'What is absent stays. A Partner ID never changes: customers may have noted it.',
  access: access.updateCompany,
  params: z.object({ companyId: givenId }),
  body: z.strictObject({
    name: companyName.optional(),
    address: companyAddress.nullable().optional().describe(takenAway),
    contactEmail: companyEmail.nullable().optional().describe(takenAway),
    contactPhone: companyPhone.nullable().optional().describe(takenAway),
    requiresTwoFactor: z.boolean().optional(),
  }),
  answer: { status: 200, schema: company },
  problems: ['not-found', 'provider-one-factor'],
  handle: async ({ context, caller, params, body }) =>
    context.db.transaction('system', caller.actor, async (tx) => {
      const id = idFrom(params.companyId)
      const changed = await tellingWhoNeedsTwoFactor(context, tx, id, async () =>
        (await setCompany(tx, id, body)) ? await companyById(tx, id) : null,
      )
      if (changed === null) throw problem('not-found')
      if (body.requiresTwoFactor && (await hasOneFactorProvider(tx, id))) throw problem('provider-one-factor')
      return changed
    }),
})
