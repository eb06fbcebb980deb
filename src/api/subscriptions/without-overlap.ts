import { problem } from '../../http/problem.ts'
import { violates } from '../../store/failures.ts'

/** The work's answer; where it would make two subscriptions of a company overlap, the problem that says so. */
export async function withoutOverlap<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    if (violates(error, 'subscription_periods_overlap')) throw problem('subscription-overlap')
    throw error
  }
}
