import { visitSettings } from '../../domain/visit.ts'
import { managementOperation } from '../../http/management.ts'
import { allowsVisits } from '../../store/visits.ts'
import { access } from '../access.ts'

export const getVisitSettings = managementOperation({
  operationId: 'getVisitSettings',
  method: 'GET',
  path: '/visit-settings',
  tag: 'companies',
  summary: "Whether the vendor may view the company's portal",
  access: access.getVisitSettings,
  answer: { status: 200, schema: visitSettings },
  handle: async ({ context, caller }) => ({ allowed: await allowsVisits(context.db.request, caller.company.id) }),
})
