import type { Context } from '../context.ts'
import { repeatedly } from './repeatedly.ts'

const hourMs = 60 * 60 * 1000
/** How soon after the start: late enough not to be in its way, and early enough for a server that is started anew each hour. */
const soonMs = 5 * 60 * 1000

/** Does `work` soon after the start, and then each hour (or so many ms), as `repeatedly` does. Returns what stops it. */
export function hourly(
  context: Context,
  name: string,
  work: (context: Context) => Promise<void>,
  everyMs = hourMs,
  firstAfterMs = Math.min(everyMs, soonMs),
): () => Promise<void> {
  const once = async () => {
    await work(context)
    return false
  }
  return repeatedly(context, name, once, everyMs, firstAfterMs)
}
