import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Collects the garbage of the start, once. Loading all modules leaves some 60 MiB of it, which V8 keeps while the process is idle, as room to
 * grow. The flag that shows the collector can be set here alone: a server is started by more than one command.
 */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  gc()
}
