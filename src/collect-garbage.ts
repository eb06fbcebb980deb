import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Collects the garbage of the start, once. Loading all modules leaves some 60 MiB of it, which V8 keeps while the process is idle, as room to
 * grow. The flag that shows the collector can be set here alone: a server is started by more than one command.
 *
 * `npm start` also begins with room for 4 MiB of what is new (--min-semi-space-size), where V8 has 1: what a look at the streams or a request
 * reads is garbage by the next collection of the new, and does not wake the one of all, which costs ten times as much.
 */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  gc()
}
