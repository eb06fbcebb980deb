import type { Context } from '../context.ts'
import { dropMeasurementDays, keepMeasurementDays } from '../store/measurements/days.ts'

/** Makes the log's days to come, and drops those that have been kept for long enough. */
export async function measurementDays(context: Context): Promise<void> {
  await keepMeasurementDays(context.db)
  const dropped = await dropMeasurementDays(context.db, context.config.measurementHours)
  if (dropped.length > 0) context.log.info({ dropped }, 'days of measurements dropped')
}
