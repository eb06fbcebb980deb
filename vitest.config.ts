import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/longest-first.ts'
import { type Project, testFiles } from './test/support/projects.ts'

const files = testFiles()

/**
 * A server on the embedded database takes 215 MB: more workers than this would need a machine that few have. Three on two cores, since some
 * tests wait for a clock or for another program.
 */
const workersMax = Math.min(4, Math.max(3, availableParallelism()))
const longMs = process.env.ASSENT_SOAK ? 3_600_000 : 120_000

const postgres = 'test/support/global-postgres.ts'

interface More {
  engine?: 'embedded' | 'postgres'
  workers?: number
  setup?: string[]
}

function project(name: Project, { engine, workers = workersMax, setup = [] }: More = {}) {
  return {
    test: {
      name,
      include: files[name],
      exclude: ['**/node_modules/**'],
      env: engine ? { ASSENT_TEST_DATABASE: engine } : {},
      pool: 'forks' as const,
      // Each file anew would load all modules, and warm the engine up, again: a third of the time of most files.
      isolate: false,
      maxWorkers: workers,
      testTimeout: longMs,
      // The library's second is too short where three workers share two cores.
      expect: { poll: { timeout: 20_000 } },
      hookTimeout: longMs,
      globalSetup: setup,
    },
  }
}

/** One worker where a test races the server or times a browser: another one's load would be part of what it finds. */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      project('unit'),
      project('embedded', { engine: 'embedded' }),
      project('postgres', { engine: 'postgres', setup: [postgres] }),
      project('conformance', { setup: ['test/support/conformance-world.ts'] }),
      project('e2e', { engine: 'embedded', workers: 1, setup: [postgres] }),
      project('faults', { engine: 'postgres', workers: 1, setup: [postgres] }),
    ],
  },
})
