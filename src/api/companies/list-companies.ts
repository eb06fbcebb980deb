import { z } from 'zod'
import { company } from '../../domain/company.ts'
import { managementOperation } from '../../http/management.ts'
import { companies } from '../../store/companies.ts'
import { access } from '../access.ts'

export const listCompanies = managementOperation({
  operationId: 'listCompanies',
  method: 'GET',
  path: '/companies',
  tag: 'companies',
  summary: 'All companies, by name',
  access: access.listCompanies,
  answer: { status: 200, schema: z.object({ companies: z.array(company) }) },
  handle: async ({ context }) => ({ companies: await companies(context.db.request) }),
})
