import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { networksOf } from '../domain/network.ts'
import { problem } from '../http/problem.ts'

/** Keys that one network address (of IPv6: one /64) may report in a window, in memory of one process: with several each allows as many. */
export const reportLimits = { perAddress: 30, windowSeconds: 60 * 60 } as const

/** Counts reports of keys by network address. */
export interface ReportLimits {
  /** Throws too-many-requests. */
  take(address: string): Promise<void>
}

/** Limits of so many times the bounds. */
export function openReportLimits(factor: number): ReportLimits {
  const addresses = new RateLimiterMemory({
    points: Math.ceil(reportLimits.perAddress * factor),
    duration: reportLimits.windowSeconds,
  })
  return {
    take: async (address) => {
      try {
        await addresses.consume(networksOf(address).narrow)
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused
        throw problem('too-many-requests', {
          headers: { 'retry-after': String(Math.max(1, Math.ceil(refused.msBeforeNext / 1000))) },
        })
      }
    },
  }
}
