import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** What one process takes from gateways. A gateway sends one batch after another; only a queue that is worked off comes near. */
export const ingestLimits = {
  requestsPerMinute: 600,
  /** Requests at once, since each may hold a body of the largest size: of one gateway, and of all. */
  atOnceOfOne: 2,
  atOnceOfAll: 32,
} as const

/** A request's place among those at once; `leave` when it is over, as often as you like. */
export type Admission = { leave(): void } | { retryAfterSeconds: number; busy: 'gateway' | 'server' }

export interface IngestGate {
  admit(gatewayId: string): Promise<Admission>
}

/** `rateFactor` multiplies the limit of requests a minute. */
export function ingestGate(rateFactor: number, bounds: typeof ingestLimits = ingestLimits): IngestGate {
  const buckets = new RateLimiterMemory({ points: Math.ceil(bounds.requestsPerMinute * rateFactor), duration: 60 })
  const atOnce = new Map<string, number>()
  let all = 0

  return {
    async admit(gatewayId) {
      try {
        await buckets.consume(gatewayId)
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error
        return { retryAfterSeconds: Math.max(1, Math.ceil(error.msBeforeNext / 1000)), busy: 'gateway' }
      }
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
