/** How many requests of gateways one process takes at once, since each may hold a body of the largest size: of one, and of all. */
export const ingestLimits = {
  atOnceOfOne: 2,
  atOnceOfAll: 32,
} as const

/** A request's place among those at once; `leave` when it is over, as often as you like. */
export type Admission = { leave(): void } | { retryAfterSeconds: number; busy: 'gateway' | 'server' }

export interface IngestGate {
  admit(gatewayId: string): Admission
}

export function ingestGate(bounds: typeof ingestLimits = ingestLimits): IngestGate {
  const atOnce = new Map<string, number>()
  let all = 0

  return {
    admit(gatewayId) {
      const own = atOnce.get(gatewayId) ?? 0
      if (own >= bounds.atOnceOfOne) return { retryAfterSeconds: 1, busy: 'gateway' }
      if (all >= bounds.atOnceOfAll) return { retryAfterSeconds: 2, busy: 'server' }
      atOnce.set(gatewayId, own + 1)
      all += 1
      let over = false
      return {
        leave: () => {
          if (over) return
          over = true
          all -= 1
          const left = (atOnce.get(gatewayId) ?? 1) - 1
          if (left === 0) atOnce.delete(gatewayId)
          else atOnce.set(gatewayId, left)
        },
      }
    },
  }
}
