import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { problem } from '../http/problem.ts'

/**
 * Partner IDs that may be asked for in a window, right or wrong, in memory of one process: with several processes each allows as many. They are
 * made of companies' names, so they could be guessed; who adds a partner needs a few.
 */
export const findLimits = { perCompany: 20, perAddress: 60, windowSeconds: 60 * 60 } as const

/** Counts look-ups of Partner IDs by company and by network address. */
export interface FindLimits {
  /** Throws too-many-requests. */
  take(company: string, address: string): Promise<void>
}

/** Limits of so many times the bounds. */
export function openFindLimits(factor: number): FindLimits {
  const bucket = (points: number) =>
    new RateLimiterMemory({ points: Math.ceil(points * factor), duration: findLimits.windowSeconds })
  const companies = bucket(findLimits.perCompany)
  const addresses = bucket(findLimits.perAddress)
  return {
    take: async (company, address) => {
      try {
        await companies.consume(company)
        await addresses.consume(address)
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused
        throw problem('too-many-requests', {
          headers: { 'retry-after': String(Math.max(1, Math.ceil(refused.msBeforeNext / 1000))) },
        })
      }
    },
  }
}
