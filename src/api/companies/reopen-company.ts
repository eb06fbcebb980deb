import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { reopenCompany as takeBack } from '../../store/closing.ts'
import { companyById } from '../../store/companies.ts'
import { access } from '../access.ts'

export const reopenCompany = managementOperation({
  operationId: 'reopenCompany',
  method: 'DELETE',
  path: '/companies/{companyId}/closing',
  tag: 'companies',
  summary: 'Take a closed company back',
  description:
    'Within 30 days of its closing: its people sign in again, and its data are there. What ended stays ended: connections, consents, keys, ' +
    'gateways and subscriptions are made anew. Not closed: nothing changes.',
  access: access.reopenCompany,
  params: z.object({ companyId: givenId }),
  answer: { status: 204 },
  problems: ['not-found'],
  handle: async ({ context, caller, params }) =>
    context.db.transaction('request', caller.actor, async (tx) => {
      const id = idFrom<string>(params.companyId)
      if (!(await takeBack(tx, id)) && (await companyById(tx, id)) === null) throw problem('not-found')
      return undefined
    }),
})
