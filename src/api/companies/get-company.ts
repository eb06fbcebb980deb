import { z } from 'zod'
import { company } from '../../domain/company.ts'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { companyById } from '../../store/companies.ts'
import { access } from '../access.ts'

export const getCompany = managementOperation({
  operationId: 'getCompany',
  method: 'GET',
  path: '/companies/{companyId}',
  tag: 'companies',
  summary: 'A company',
  access: access.getCompany,
  params: z.object({ companyId: givenId }),
  answer: { status: 200, schema: company },
  problems: ['not-found'],
  handle: async ({ context, params }) => {
    const found = await companyById(context.db.request, idFrom(params.companyId))
    if (found === null) throw problem('not-found')
    return found
  },
})
