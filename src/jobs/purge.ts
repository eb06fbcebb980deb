import type { Context } from '../context.ts'
import { purgeBatchIds, purgeDeletions } from '../store/ingest/purge.ts'

/** Forgets what has been kept for long enough: batch ids for 7 days, deletions for 30. */
export async function purge(context: Context): Promise<void> {
  const batchIds = await purgeBatchIds(context.db)
  const deletions = await purgeDeletions(context.db)
  if (batchIds + deletions > 0) context.log.info({ batchIds, deletions }, 'purged')
}
