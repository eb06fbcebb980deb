import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { setSuspended } from '../../store/companies.ts'
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
  problems: ['not-found'],
  handle: async ({ context, caller, params }) => {
    const id = idFrom(params.companyId)
    const found = await context.db.transaction('request', caller.actor, (tx) => setSuspended(tx, id, false))
    if (!found) throw problem('not-found')
    return undefined
  },
})
