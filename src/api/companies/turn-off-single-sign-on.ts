import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { singleSignOnTurnedOff } from '../../email/single-sign-on.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { lockCompany } from '../../store/companies.ts'
import { turnOffProvider } from '../../store/sign-in-providers.ts'
import { access } from '../access.ts'
import { tellAdministrators } from '../notices.ts'

export const turnOffSingleSignOn = managementOperation({
  operationId: 'turnOffSingleSignOn',
  method: 'DELETE',
  path: '/companies/{companyId}/single-sign-on',
  tag: 'companies',
  summary: "Turn a company's single sign-on off",
  description:
    'For a company whose people its provider locks out: they sign in by password or passkey again. Sessions that began at the provider end; its settings ' +
    'stay, and an administrator of the company can turn it on again. The administrators are told by mail.',
  access: access.turnOffSingleSignOn,
  params: z.object({ companyId: givenId }),
  answer: { status: 204 },
  problems: ['not-found'],
  handle: async ({ context, caller, params }) => {
    const id = idFrom(params.companyId)
    await context.db.transaction('system', caller.actor, async (tx) => {
      // The company first, as whoever sets the provider takes it.
      const kind = await lockCompany(tx, id)
      const issuer = kind === null ? null : await turnOffProvider(tx, id)
      if (kind === null || issuer === null) throw problem('not-found')
      await tellAdministrators(context, tx, { ...caller, company: { id, kind } }, singleSignOnTurnedOff, issuer)
    })
    return undefined
  },
})
