import type { Clock } from '../src/clock.ts'
import { batchDigest } from '../src/domain/batch.ts'
import type { Database } from '../src/store/database.ts'
import { demoGateway } from '../src/store/gateways.ts'
import { acceptBatch, type BatchAnswer } from '../src/store/ingest/accept-batch.ts'
import { minuteMs } from './dates.ts'
import { demoState, demoStep } from './life.ts'
import { type DemoLife, type StepContext, takeSteps } from './steps.ts'

export interface LifeContext extends StepContext {
  db: Database
  clock: Clock
}

/**
 * Lets the demo company live: at once, and then at each step, its gateway reports. Without a demo company nothing happens. Several
 * processes may do so on one database: they report the same, and the second report of a step changes nothing (I7). A step that
 * fails is logged; the next one tells all that it would have told.
 */
export function startDemoLife(context: LifeContext, stepMs = minuteMs): DemoLife {
  return takeSteps(context, 'the demo company', stepMs, (step) => takeStep(context, step, stepMs))
}

/** Lets the demo company's gateway report one step (a number of steps of `stepMs` since 1970). Null where there is no demo company. */
export async function takeStep(
  { db, clock }: Pick<LifeContext, 'db' | 'clock'>,
  step: number,
  stepMs: number,
): Promise<BatchAnswer | null> {
  const gateway = await demoGateway(db.system)
  if (gateway === null) return null
  const batch = demoStep(demoState(new Date(gateway.createdAt), stepMs), step)
  return acceptBatch(db, gateway, batch, batchDigest(batch), clock)
}
