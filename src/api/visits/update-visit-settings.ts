import { z } from 'zod'
import { visitSettings } from '../../domain/visit.ts'
import { managementOperation } from '../../http/management.ts'
import { allowVisits } from '../../store/visits.ts'
import { access } from '../access.ts'

export const updateVisitSettings = managementOperation({
  operationId: 'updateVisitSettings',
  method: 'PATCH',
  path: '/visit-settings',
  tag: 'companies',
  summary: "Allow the vendor to view the company's portal, or forbid it",
  description: 'Forbidding ends a visit that is under way at once.',
  access: access.updateVisitSettings,
  body: z.strictObject({ allowed: z.boolean() }),
  answer: { status: 200, schema: visitSettings },
  handle: async ({ context, caller, body }) => {
    await context.db.transaction('request', caller.actor, (tx) => allowVisits(tx, caller.company.id, body.allowed))
    return body
  },
})
