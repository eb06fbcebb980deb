import { z } from 'zod'
import type { Caller } from '../../auth/caller.ts'
import type { Clock } from '../../clock.ts'
import { accessOutcomes } from '../../domain/data-access.ts'
import { idFrom } from '../../domain/ids.ts'
import { givenId, givenInstant } from '../../domain/text.ts'
import { problem } from '../../http/problem.ts'
import type { AccessFilter, Customer } from '../../store/accesses/history.ts'

const dayMs = 24 * 60 * 60 * 1000
const daysDefault = 30

/** The time that is asked about. */
export const accessRange = {
  from: givenInstant.optional().describe(`By default ${daysDefault} days before "to".`),
  to: givenInstant.optional().describe('By default the present.'),
}

/** Which accesses are asked for. */
export const accessQuery = {
  ...accessRange,
  companyId: givenId.optional().describe('Of this partner.'),
  readerId: givenId.optional().describe('By this key or person.'),
  operation: givenId.optional().describe('An operationId.'),
  outcome: z.enum(accessOutcomes).optional().describe('read: answered (below 400). refused: 403. failed: any other error.'),
}

type AccessQuery = z.infer<z.ZodObject<typeof accessQuery>>

/** The filter that a query stands for. Throws where its time does not begin before it ends. */
export function filterOf({ from, to, companyId, readerId, operation, outcome }: AccessQuery, clock: Clock): AccessFilter {
  const end = to ?? clock.now().toISOString()
  const begin = from ?? new Date(Date.parse(end) - daysDefault * dayMs).toISOString()
  if (begin >= end) throw problem('request-malformed', { detail: '"from" lies before "to".' })
  return {
    // Rows are by the minute in which they lie.
    from: `${begin.slice(0, 16)}:00.000Z`,
    to: end,
    companyId: companyId && idFrom(companyId),
    readerId: readerId && idFrom(readerId),
    operation: operation && idFrom(operation),
    outcome,
  }
}

/** Whose history it is, and who asks. Throws for who is nobody's member. */
export function customerOf({ company, memberId }: Caller): Customer {
  if (memberId === null) throw problem('not-allowed')
  return { id: company.id, memberId }
}
