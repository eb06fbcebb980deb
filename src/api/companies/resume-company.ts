import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { companyById, setSuspended } from '../../store/companies.ts'
import { access } from '../access.ts'

export const resumeCompany = managementOperation({
  operationId: 'resumeCompany',
  method: 'DELETE',
  path: '/companies/{companyId}/suspension',
  tag: 'companies',
  summary: 'End a suspension',
  description: 'Everything is as it was before it. Not suspended: nothing changes.',
  access: access.resumeCompany,
  params: z.object({ companyId: givenId }),
  answer: { status: 204 },
  problems: ['not-found', 'company-closed'],
  handle: async ({ context, caller, params }) => {
    const id = idFrom(params.companyId)
    return context.db.transaction('request', caller.actor, async (tx) => {
      if (!(await setSuspended(tx, id, false))) throw problem('not-found')
      if ((await companyById(tx, id))?.closedAt !== undefined) throw problem('company-closed')
      return undefined
    })
  },
})
