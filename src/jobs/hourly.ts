import type { Context } from '../context.ts'

const hourMs = 60 * 60 * 1000

/**
 * Does `work` each hour from now on; what goes wrong is logged, and tried again an hour later. Returns what stops it, which
 * waits for work under way.
 */
export function hourly(
  context: Context,
  name: string,
  work: (context: Context) => Promise<void>,
  everyMs = hourMs,
): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = running
      .then(() => work(context))
      .catch((error: unknown) => context.log.error({ err: error, job: name }, 'a job failed'))
  }, everyMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
