import type { Context } from '../context.ts'
import { rolledUpDays } from '../measurements/lines.ts'
import { dropMeasurementDays, dropRollUpMonths, keepMeasurementDays, keepRollUpMonths } from '../store/measurements/days.ts'

/** Makes the partitions that the log and its roll-ups need now and in the days to come. Before the first block, and each hour. */
export async function keepMeasurementPartitions(db: Context['db']): Promise<void> {
  await keepMeasurementDays(db)
  await keepRollUpMonths(db, rolledUpDays)
}

/** Makes the days and months to come, and drops those that have been kept for long enough. */
export async function measurementDays(context: Context): Promise<void> {
  await keepMeasurementPartitions(context.db)
  const days = await dropMeasurementDays(context.db, context.config.measurementHours)
  const dropped = [...days, ...(await dropRollUpMonths(context.db, rolledUpDays))]
  if (dropped.length > 0) context.log.info({ dropped }, 'days of measurements dropped')
}
