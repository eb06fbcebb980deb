import type { Context } from '../context.ts'
import { keepDueCoverage } from '../store/coverage-feed.ts'
import type { DueJob } from './due-work.ts'

/** Brings into the feeds of coverage what time alone changes: told at most 5 s late. Every process does, each company by one of them. */
export function keepingCoverage({ db }: Context): DueJob {
  return { name: 'coverage', due: 'coverage', work: async () => (await keepDueCoverage(db)) > 0 }
}
