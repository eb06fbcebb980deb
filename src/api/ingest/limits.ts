/**
 * What one process takes at once: requests of one gateway, of all, and bytes of all their bodies together, as decompressed. A body and what
 * is made of it take up to ten times its bytes, until it is stored: so one of the largest has room, and many usual ones beside it.
 */
export const ingestLimits = {
  atOnceOfOne: 2,
  atOnceOfAll: 32,
  bytesOfAllMax: 24 * 1024 * 1024,
} as const

/** A request's place among those at once. */
export interface Place {
  /** Takes room for so many bytes more of its body. False where there is none: the request is to be refused. */
  grow(bytes: number): boolean
  /** Gives the place and its room back, when the request is over; as often as you like. */
  leave(): void
}

export type Admission = Place | { retryAfterSeconds: number; busy: 'gateway' | 'server' }

export interface IngestGate {
  admit(gatewayId: string): Admission
}

export function ingestGate(bounds: typeof ingestLimits = ingestLimits): IngestGate {
  const atOnce = new Map<string, number>()
  let all = 0
  let bytesOfAll = 0

  return {
    admit(gatewayId) {
      const own = atOnce.get(gatewayId) ?? 0
      if (own >= bounds.atOnceOfOne) return { retryAfterSeconds: 1, busy: 'gateway' }
      if (all >= bounds.atOnceOfAll) return { retryAfterSeconds: 2, busy: 'server' }
      atOnce.set(gatewayId, own + 1)
      all += 1
      let over = false
      let held = 0
      return {
        grow: (bytes) => {
          if (over || bytesOfAll + bytes > bounds.bytesOfAllMax) return false
          held += bytes
          bytesOfAll += bytes
          return true
        },
        leave: () => {
          if (over) return
          over = true
          all -= 1
          bytesOfAll -= held
          const left = (atOnce.get(gatewayId) ?? 1) - 1
          if (left === 0) atOnce.delete(gatewayId)
          else atOnce.set(gatewayId, left)
        },
      }
    },
  }
}
