import type { Clock } from '../src/clock.ts'
import { batchDigest } from '../src/domain/batch.ts'
import type { Database } from '../src/store/database.ts'
import { demoGateway } from '../src/store/gateways.ts'
import { acceptBatch, type BatchAnswer } from '../src/store/ingest/accept-batch.ts'
import { minuteMs } from './dates.ts'
import { demoState, demoStep } from './life.ts'

export interface LifeContext {
  db: Database
  clock: Clock
  log: { error(details: object, message: string): void }
}

export interface DemoLife {
  /** Takes no further step; resolves when the one under way has ended. */
  stop(): Promise<void>
}

/**
 * Lets the demo company live: at once, and then at each step, its gateway reports. Without a demo company nothing happens. Several
 * processes may do so on one database: they report the same, and the second report of a step changes nothing (I7). A step that
 * fails is logged; the next one tells all that it would have told.
 */
export function startDemoLife(context: LifeContext, stepMs = minuteMs): DemoLife {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const live = async () => {
    const step = Math.floor(context.clock.now().getTime() / stepMs)
    try {
      if ((await takeStep(context, step, stepMs)) === null) return
    } catch (error) {
      context.log.error({ err: error, step }, 'the demo company missed a step')
    }
    if (stopped) return
    const nextMs = (step + 1) * stepMs - context.clock.now().getTime()
    timer = setTimeout(
      () => {
        underWay = live()
      },
      Math.max(nextMs, 0),
    )
    timer.unref()
  }
  let underWay = live()
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await underWay
    },
  }
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
