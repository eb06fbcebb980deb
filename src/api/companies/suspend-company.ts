import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { setSuspended } from '../../store/companies.ts'
import { access } from '../access.ts'

export const suspendCompany = managementOperation({
  operationId: 'suspendCompany',
  method: 'PUT',
  path: '/companies/{companyId}/suspension',
  tag: 'companies',
  summary: 'Suspend a company',
  description:
    "Its people, keys and tokens are refused from the answer on; a customer's data are read by nobody. Done already: nothing changes.",
  access: access.suspendCompany,
  params: z.object({ companyId: givenId }),
  answer: { status: 204 },
  problems: ['not-found'],
  handle: async ({ context, caller, params }) => {
    const id = idFrom(params.companyId)
    const found = await context.db.transaction('request', caller.actor, (tx) => setSuspended(tx, id, true))
    if (!found) throw problem('not-found')
    return undefined
  },
})
