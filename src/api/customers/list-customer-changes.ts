import { z } from 'zod'
import { coverageChange } from '../../domain/coverage-change.ts'
import { wholeNumber } from '../../domain/whole-number.ts'
import { managementOperation } from '../../http/management.ts'
import { coverageChangesOf } from '../../store/coverage-changes.ts'
import { access } from '../access.ts'

const dayMs = 24 * 60 * 60 * 1000

export const listCustomerChanges = managementOperation({
  operationId: 'listCustomerChanges',
  method: 'GET',
  path: '/customers/changes',
  tag: 'customers',
  summary: "What changed of the partner's coverage, the newest first",
  description: 'Connections, consents and subscriptions of its customers, as they began and ended.',
  access: access.listCustomerChanges,
  query: z.object({
    days: wholeNumber(1, 365).default(30).describe('How far back.'),
    limit: wholeNumber(1, 1000).default(100),
  }),
  answer: { status: 200, schema: z.object({ changes: z.array(coverageChange) }) },
  handle: async ({ context, caller, query: { days, limit } }) => {
    const since = new Date(context.clock.now().getTime() - days * dayMs).toISOString()
    return { changes: await coverageChangesOf(context.db.request, caller.company.id, since, limit) }
  },
})
