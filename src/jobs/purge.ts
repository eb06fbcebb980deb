import type { Context } from '../context.ts'
import { purgeAccesses, putHoursTogether } from '../store/accesses/forget.ts'
import { purgeAlarmHistory, purgeBatchIds, purgeDeletions } from '../store/ingest/purge.ts'

/**
 * Forgets what has been kept for long enough: batch ids for 7 days, deletions for 30, the states of alarms for 90, accesses for as long as the vendor
 * set, by the minute for a month.
 */
export async function purge(context: Context): Promise<void> {
  const batchIds = await purgeBatchIds(context.db)
  const deletions = await purgeDeletions(context.db)
  const alarmHistory = await purgeAlarmHistory(context.db)
  const accesses = await purgeAccesses(context.db.system)
  await putHoursTogether(context.db)
  if (batchIds + deletions + alarmHistory + accesses > 0) {
    context.log.info({ batchIds, deletions, alarmHistory, accesses }, 'purged')
  }
}
