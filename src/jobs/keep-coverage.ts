import type { Context } from '../context.ts'
import { keepDueCoverage } from '../store/coverage-feed.ts'
import { repeatedly } from './repeatedly.ts'

/** How often changes that time alone brings are looked for: one look-up in an index. They are told at most 5 s late. */
const everyMs = 1000

/** Brings into the feeds of coverage what time alone changes. Every process does, each company by one of them. Returns what stops it. */
export function startKeepingCoverage(context: Context): () => Promise<void> {
  return repeatedly(context, 'coverage', async () => (await keepDueCoverage(context.db)) > 0, everyMs).stop
}
