import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { problem } from '../http/problem.ts'

/** Failed attempts in a window, in memory of one process: with several processes each allows as many. */
export const signInLimits = { perAddress: 50, perEmail: 10, windowSeconds: 15 * 60 } as const

/** Counts attempts to sign in by address and by email; those that succeed are given back. */
export interface SignInLimits {
  /** Takes an attempt before it is made, so that many at once do not slip through. Throws too-many-requests. */
  take(address: string, email: string): Promise<void>
  giveBack(address: string, email: string): Promise<void>
}

export function openSignInLimits(): SignInLimits {
  const bucket = (points: number) => new RateLimiterMemory({ points, duration: signInLimits.windowSeconds })
  const addresses = bucket(signInLimits.perAddress)
  const emails = bucket(signInLimits.perEmail)
  const take = async (limiter: RateLimiterMemory, who: string) => {
    try {
      await limiter.consume(who)
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused
      throw problem('too-many-requests', {
        headers: { 'retry-after': String(Math.max(1, Math.ceil(refused.msBeforeNext / 1000))) },
      })
    }
  }
  return {
    take: async (address, email) => {
      await take(addresses, address)
      await take(emails, email)
    },
    giveBack: async (address, email) => {
      await Promise.all([addresses.reward(address), emails.reward(email)])
    },
  }
}
