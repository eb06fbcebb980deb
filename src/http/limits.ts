import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'

/** Kinds of operation that have a bucket of their own for each organization. */
export type LimitKind = 'list' | 'changes' | 'device' | 'organizations' | 'stream' | 'replay'

/** Kinds of caller with one bucket each: a member or an access token, a gateway, an address that is nobody yet. */
export type CallerKind = 'management' | 'ingest' | 'anyone'

const windowSeconds = 60

/**
 * Requests a minute, in memory of one process: with several processes on one PostgreSQL each allows as many. Normal polling
 * (contract, section 2: every 10 s a feed and organization, that is 6 a minute, beside one getDevice an alarm) is far below.
 */
export const limitsPerMinute = {
  list: 60,
  changes: 120,
  device: 600,
  organizations: 120,
  /** Streams opened: a reader whose stream ends opens another one, and a replay. */
  stream: 120,
  replay: 120,
  management: 3000,
  ingest: 600,
  anyone: 1200,
  companyBase: 1200,
  /** Added to a company's limit for each customer that it covers. */
  companyPerCustomer: 60,
  /** Refused keys from one address, before its unknown keys are no longer looked up. */
  refused: 1200,
  /** Measurements that a company replays of one organization. */
  replayedLines: 30_000_000,
} as const

/** A bucket's name keeps no more of an id that a caller gave: ours have 36 characters. */
const givenIdLengthMax = 64

/** What a request took from the narrowest of its buckets. `retryAfterSeconds` is there when it was refused. */
export interface LimitState {
  policy: string
  limit: number
  remaining: number
  resetSeconds: number
  retryAfterSeconds?: number
}

/** What a company that covers so many customers may ask in a minute, in numbers for people. */
export function limitsInNumbers(factor: number, customers: number) {
  const perMinute = (limit: number) => Math.ceil(limit * factor)
  return {
    requestsPerMinute: perMinute(limitsPerMinute.companyBase + limitsPerMinute.companyPerCustomer * customers),
    listsPerMinute: perMinute(limitsPerMinute.list),
    changesPerMinute: perMinute(limitsPerMinute.changes),
    devicesPerMinute: perMinute(limitsPerMinute.device),
  }
}

export interface Limits {
  /** Takes one request of `company` for `organization`; `customers` is how many the company covers. */
  take(company: string, organization: string, kind: LimitKind, customers: number): Promise<LimitState>
  /** Takes one request of a caller that is limited by itself. */
  takeOf(kind: CallerKind, caller: string): Promise<LimitState>
  /** Takes measurements that a company replays of an organization; with 0 lines, whether any may be. */
  takeReplayed(company: string, organization: string, lines: number): Promise<LimitState>
  /** Counts a refused key against its address. */
  refuse(address: string): Promise<LimitState>
  /** Whether so many keys of this address were refused lately that unknown ones are not looked up. */
  refusedTooOften(address: string): Promise<LimitState | null>
}

/** Limits of so many times `limitsPerMinute`. */
export function limits(factor = 1): Limits {
  // The library's own bound is out of reach: ours differ by kind and grow, so they are compared here.
  const buckets = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: windowSeconds })
  const state = (policy: string, limit: number, taken: RateLimiterRes): LimitState => {
    const resetSeconds = Math.max(1, Math.ceil(taken.msBeforeNext / 1000))
    const over = taken.consumedPoints > limit
    return {
      policy,
      limit,
      remaining: Math.max(0, limit - taken.consumedPoints),
      resetSeconds,
      ...(over ? { retryAfterSeconds: resetSeconds } : {}),
    }
  }

  const perMinute = (limit: number) => Math.ceil(limit * factor)

  return {
    take: async (company, organization, kind, customers) => {
      const wide = await buckets.consume(`company ${company}`)
      const all = state('company', perMinute(limitsPerMinute.companyBase + limitsPerMinute.companyPerCustomer * customers), wide)
      // The organization is whatever the caller wrote: past the company's limit, no more buckets are made for it (I9).
      if (all.retryAfterSeconds !== undefined) return all
      const narrow = await buckets.consume(`${kind} ${company} ${organization.slice(0, givenIdLengthMax)}`)
      const own = state(kind, perMinute(limitsPerMinute[kind]), narrow)
      return own.retryAfterSeconds === undefined && all.remaining < own.remaining ? all : own
    },
    takeOf: async (kind, caller) => state(kind, perMinute(limitsPerMinute[kind]), await buckets.consume(`${kind} ${caller}`)),
    takeReplayed: async (company, organization, lines) => {
      const taken = await buckets.consume(`replayed ${company} ${organization.slice(0, givenIdLengthMax)}`, lines)
      return state('replayedLines', perMinute(limitsPerMinute.replayedLines), taken)
    },
    refuse: async (address) => state('refused', perMinute(limitsPerMinute.refused), await buckets.consume(`refused ${address}`)),
    refusedTooOften: async (address) => {
      const limit = perMinute(limitsPerMinute.refused)
      const taken = await buckets.get(`refused ${address}`)
      if (taken === null || taken.consumedPoints < limit) return null
      const resetSeconds = Math.max(1, Math.ceil(taken.msBeforeNext / 1000))
      return { policy: 'refused', limit, remaining: 0, resetSeconds, retryAfterSeconds: resetSeconds }
    },
  }
}

/** The headers of every answer (draft-ietf-httpapi-ratelimit-headers), and Retry-After where the request was refused. */
export function limitHeaders(state: LimitState): Record<string, string> {
  return {
    'ratelimit-policy': `"${state.policy}";q=${state.limit};w=${windowSeconds}`,
    ratelimit: `"${state.policy}";r=${state.remaining};t=${state.resetSeconds}`,
    ...(state.retryAfterSeconds === undefined ? {} : { 'retry-after': String(state.retryAfterSeconds) }),
  }
}
