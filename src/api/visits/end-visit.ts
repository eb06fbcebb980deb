import { managementOperation } from '../../http/management.ts'
import { endVisit as deleteVisit } from '../../store/visits.ts'
import { access } from '../access.ts'

export const endVisit = managementOperation({
  operationId: 'endVisit',
  method: 'DELETE',
  path: '/visit',
  tag: 'companies',
  summary: "Leave a company's portal that this session views",
  description: 'Done already, or never begun: nothing changes.',
  access: access.endVisit,
  answer: { status: 204 },
  handle: async ({ context, caller }) => {
    await context.db.transaction('system', caller.actor, (tx) => deleteVisit(tx, caller.sessionId))
    return undefined
  },
})
