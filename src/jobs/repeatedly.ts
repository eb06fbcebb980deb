import type { Context } from '../context.ts'
import { notedJob } from './noted-job.ts'

/**
 * Does `work` (at once, or first after so many ms) again and again: at once where it says that there is more, else after `everyMs`. What goes wrong is
 * logged and tried again after `everyMs`. How it went the vendor sees, at most a minute later. Returns what stops it, which waits for work under way.
 */
export function repeatedly(
  context: Pick<Context, 'log' | 'db' | 'clock'>,
  name: string,
  work: () => Promise<boolean>,
  everyMs: number,
  firstAfterMs = 0,
): () => Promise<void> {
  const job = notedJob(context, name, everyMs)
  let timer: NodeJS.Timeout | undefined
  let underWay = Promise.resolve()
  let stopped = false
  const run = async () => {
    const more = await job.run(context.clock.now(), work)
    if (!stopped) runAfter(more ? 0 : everyMs)
  }
  const runAfter = (ms: number) => {
    timer = setTimeout(() => {
      underWay = run()
    }, ms)
    timer.unref()
  }
  if (firstAfterMs > 0) runAfter(firstAfterMs)
  else underWay = run()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await underWay
  }
}
