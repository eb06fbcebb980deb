import type { Clock } from '../clock.ts'

const minuteMs = 60_000
/** After the first attempt, the second, …: ten attempts over about 75 hours. */
const retryAfterMs = [1 / 12, 5, 30, 120, 300, 600, 840, 1200, 1440].map((minutes) => minutes * minuteMs)
export const attemptsMax = retryAfterMs.length + 1
const jitter = 0.1
const retryAfterMaxMs = 24 * 60 * minuteMs

/** How long after this attempt (1, 2, …) the next is due, at least what the receiver asked for; null: it was the last. */
export function retryDelayMs(attempts: number, askedMs: number, clock: Pick<Clock, 'randomBytes'>): number | null {
  const delay = retryAfterMs[attempts - 1]
  if (delay === undefined) return null
  const between0And1 = clock.randomBytes(4).readUInt32BE() / 2 ** 32
  return Math.round(Math.max(delay * (1 - jitter + 2 * jitter * between0And1), Math.min(askedMs, retryAfterMaxMs)))
}

/** The milliseconds of a header Retry-After (RFC 9110, section 10.2.3): seconds, or a date; 0 where there is none. */
export function retryAfterOf(header: string | undefined, now: Date): number {
  if (header === undefined) return 0
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000
  const at = Date.parse(header)
  return Number.isNaN(at) ? 0 : Math.max(0, at - now.getTime())
}
