import type { Clock } from '../src/clock.ts'

export interface StepContext {
  clock: Clock
  log: { error(details: object, message: string): void }
}

export interface DemoLife {
  /** Takes no further step; resolves when the one under way has ended. */
  stop(): Promise<void>
}

/**
 * Takes a step at once, and then each time that one begins: a number of steps of `stepMs` since 1970. A step that finds nothing to live (null)
 * is the last; one that fails is logged as missed by `who`, and the next one goes on.
 */
export function takeSteps(context: StepContext, who: string, stepMs: number, take: (step: number) => Promise<unknown>): DemoLife {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const live = async () => {
    const step = Math.floor(context.clock.now().getTime() / stepMs)
    try {
      if ((await take(step)) === null) return
    } catch (error) {
      context.log.error({ err: error, step }, `${who} missed a step`)
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
