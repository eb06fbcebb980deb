import type { Context } from '../context.ts'

/**
 * Does `work` at once and then again and again: at once where it says that there is more, else after `everyMs`. What goes wrong is logged and
 * tried again. Returns what stops it, which waits for work under way.
 */
export function repeatedly(
  context: Pick<Context, 'log'>,
  name: string,
  work: () => Promise<boolean>,
  everyMs: number,
): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const run = async () => {
    let more = false
    try {
      more = await work()
    } catch (error) {
      context.log.error({ err: error, job: name }, 'a job failed')
    }
    if (stopped) return
    timer = setTimeout(
      () => {
        underWay = run()
      },
      more ? 0 : everyMs,
    )
    timer.unref()
  }
  let underWay = run()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await underWay
  }
}
