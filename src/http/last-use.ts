import type { Clock } from '../clock.ts'
import type { Database } from '../store/database.ts'
import { recordKeyUses } from '../store/key-uses.ts'

const flushEveryMs = 5_000

/** When and from where each key was last used: kept here and written for all keys together, so that no request writes. */
export interface LastUse {
  note(keyId: string, address: string): void
  flush(): Promise<void>
  close(): Promise<void>
}

export function lastUse(db: Database, clock: Clock, onError: (error: unknown) => void): LastUse {
  let uses = new Map<string, { at: Date; address: string }>()

  const flush = async () => {
    if (uses.size === 0) return
    const batch = uses
    uses = new Map()
    await recordKeyUses(db, batch)
  }
  const timer = setInterval(() => flush().catch(onError), flushEveryMs)
  timer.unref()

  return {
    note: (keyId, address) => {
      uses.set(keyId, { at: clock.now(), address })
    },
    flush,
    close: async () => {
      clearInterval(timer)
      await flush().catch(onError)
    },
  }
}
