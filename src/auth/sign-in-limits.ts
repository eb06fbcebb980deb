import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { networksOf } from '../domain/network.ts'
import { problem } from '../http/problem.ts'

interface Bounds {
  /** For one email address, or one account. */
  perEmail: number
  /** From one IPv4 address, or one /64 of IPv6. */
  perAddress: number
  /** From one /24 of IPv4, or one /48 of IPv6. */
  perNetwork: number
  windowSeconds: number
}

/** Failed attempts to sign in, in memory of one process: with several processes each allows as many. */
export const signInLimits = { perEmail: 10, perAddress: 50, perNetwork: 250, windowSeconds: 15 * 60 } as const satisfies Bounds

/** Requests that make the server mail somebody: registrations and resets. */
export const mailLimits = { perEmail: 5, perAddress: 30, perNetwork: 150, windowSeconds: 60 * 60 } as const satisfies Bounds

/** Wrong proofs (passwords, codes) of somebody who is signed in, and of links' passwords. */
export const proofLimits = { perEmail: 10, perAddress: 50, perNetwork: 250, windowSeconds: 15 * 60 } as const satisfies Bounds

/** Counts attempts by the caller's networks and by email; those that succeed can be given back. */
export interface AttemptLimits {
  /** Takes an attempt before it is made, so that many at once do not slip through. Throws too-many-requests. */
  take(address: string, email: string): Promise<void>
  giveBack(address: string, email: string): Promise<void>
}

/** What the operations of accounts are limited by. */
export interface AccountLimits {
  signInLimits: AttemptLimits
  mailLimits: AttemptLimits
  proofLimits: AttemptLimits
}

/** Limits of so many times the bounds. */
export function openAccountLimits(factor: number): AccountLimits {
  return {
    signInLimits: attemptLimits(signInLimits, factor),
    mailLimits: attemptLimits(mailLimits, factor),
    proofLimits: attemptLimits(proofLimits, factor),
  }
}

function attemptLimits({ perEmail, perAddress, perNetwork, windowSeconds }: Bounds, factor: number): AttemptLimits {
  const bucket = (points: number) => new RateLimiterMemory({ points: Math.ceil(points * factor), duration: windowSeconds })
  const [emails, addresses, networks] = [bucket(perEmail), bucket(perAddress), bucket(perNetwork)]
  return {
    take: async (address, email) => {
      const { narrow, wide } = networksOf(address)
      await take(networks, wide)
      await take(addresses, narrow)
      await take(emails, email)
    },
    giveBack: async (address, email) => {
      const { narrow, wide } = networksOf(address)
      await Promise.all([networks.reward(wide), addresses.reward(narrow), emails.reward(email)])
    },
  }
}

async function take(limiter: RateLimiterMemory, who: string): Promise<void> {
  try {
    await limiter.consume(who)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    throw problem('too-many-requests', {
      headers: { 'retry-after': String(Math.max(1, Math.ceil(refused.msBeforeNext / 1000))) },
    })
  }
}
