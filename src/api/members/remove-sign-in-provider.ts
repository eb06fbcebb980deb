import { singleSignOnRemoved } from '../../email/single-sign-on.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { deleteProvider, endProviderSessions, providerOfCompany } from '../../store/sign-in-providers.ts'
import { access } from '../access.ts'
import { tellAdministrators } from '../notices.ts'

export const removeSignInProvider = managementOperation({
  operationId: 'removeSignInProvider',
  method: 'DELETE',
  path: '/sign-in-provider',
  tag: 'members',
  summary: "Remove the company's single sign-on",
  description: 'Its secret is forgotten, and sessions that began there end. The administrators are told by mail.',
  access: access.removeSignInProvider,
  answer: { status: 204 },
  problems: ['not-found'],
  handle: async ({ context, caller }) => {
    await context.db.transaction('system', caller.actor, async (tx) => {
      const former = await providerOfCompany(tx, caller.company.id)
      if (former === null) throw problem('not-found')
      await deleteProvider(tx, caller.company.id)
      await endProviderSessions(tx, caller.company.id)
      await tellAdministrators(context, tx, caller, singleSignOnRemoved, former.issuer)
    })
    return undefined
  },
})
