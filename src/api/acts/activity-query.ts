import type { Caller } from '../../auth/caller.ts'
import { idFrom } from '../../domain/ids.ts'
import { givenId, givenInstant } from '../../domain/text.ts'
import type { ActsReader } from '../../store/acts.ts'
import type { ActivityFilter } from '../../store/acts-by-index.ts'

/** Which acts are asked for. */
export const activityQuery = {
  from: givenInstant.optional(),
  to: givenInstant.optional(),
  verb: givenId.optional().describe('"key.created"; or "key" for all that was done with keys.'),
  actor: givenId.optional().describe('The id of who did it, or a kind of actor such as "system".'),
}

export function activityFilterOf(query: ActivityFilter): ActivityFilter {
  const { verb, actor, ...time } = query
  return { ...time, verb: verb && idFrom(verb), actor: actor && idFrom(actor) }
}

/** The vendor reads all acts; who views a company reads that company's. */
export function actsReaderOf({ company, memberId }: Caller): ActsReader {
  return { company: company.kind === 'vendor' ? null : company.id, memberId }
}
