import { z } from 'zod'
import type { Caller } from '../../auth/caller.ts'
import type { Clock } from '../../clock.ts'
import { keyUsage } from '../../domain/key-usage.ts'
import { instant, timeZone } from '../../domain/text.ts'
import { wholeNumber } from '../../domain/whole-number.ts'
import { problem } from '../../http/problem.ts'

const dayMs = 24 * 60 * 60 * 1000
/** By the hour it is no more than this, so that an answer stays short. */
const hourlyDaysMax = 8

export const usageQuery = z.object({
  days: wholeNumber(1, 400).default(30).describe('How far back.'),
  step: z.enum(['hour', 'day']).default('day').describe(`By the hour for at most ${hourlyDaysMax} days.`),
  timeZone: timeZone.default('UTC').describe('Whose hours and days they are, such as Europe/Berlin.'),
})

export const usageAnswer = z.object({ from: instant, to: instant, usage: z.array(keyUsage) })

/** The time that a query stands for. Throws where it would make too long an answer. */
export function whenOf({ days, step, timeZone: zone }: z.output<typeof usageQuery>, clock: Clock) {
  if (step === 'hour' && days > hourlyDaysMax) {
    throw problem('request-malformed', { detail: `query.days: by the hour at most ${hourlyDaysMax}` })
  }
  const to = clock.now()
  return { from: new Date(to.getTime() - days * dayMs).toISOString(), to: to.toISOString(), step, zone }
}

/** Whose keys, and which member asks. Throws for a token of the installation, which is nobody's. */
export function whoAsks({ company, memberId }: Caller): { companyId: string; memberId: string } {
  if (memberId === null) throw problem('not-allowed')
  return { companyId: company.id, memberId }
}
