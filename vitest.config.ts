import { availableParallelism, totalmem } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/longest-first.ts'
import { type Project, testFiles } from './test/support/projects.ts'

const files = testFiles()

/**
 * Many tests wait, for a clock, a grid of answers, another program or a browser: so there are more workers than cores. A worker with a server on the
 * embedded database takes up to 1 GiB, and half of the machine is left to others.
 */
const workersMax = Math.max(2, Math.min(3 * availableParallelism(), Math.floor(totalmem() / 2 ** 31)))
/** With a browser each, or with servers that are processes of their own. */
const heavyWorkersMax = Math.min(4, workersMax)
const longMs = process.env.ASSENT_SOAK ? 3_600_000 : 120_000

const postgres = 'test/support/global-postgres.ts'

interface More {
  engine?: 'embedded' | 'postgres'
  workers?: number
  setup?: string[]
  /** Passwords take as long to hash as anywhere. */
  fullPasswords?: boolean
}

function project(name: Project, { engine, workers = workersMax, setup = [], fullPasswords = false }: More = {}) {
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
      // Garbage of a worker that runs test after test is collected a sixth cheaper, reckoned in all of its processor's time, with 16 MiB for what is new.
      execArgv: ['--min-semi-space-size=16'],
      testTimeout: longMs,
      // The library's second is too short where four workers share two cores.
      expect: { poll: { timeout: 30_000 } },
      hookTimeout: longMs,
      globalSetup: setup,
      setupFiles: fullPasswords ? [] : ['test/support/cheap-passwords.ts'],
    },
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      project('unit'),
      project('embedded', { engine: 'embedded' }),
      project('postgres', { engine: 'postgres', setup: [postgres] }),
      project('conformance', { setup: ['test/support/conformance-world.ts'] }),
      project('e2e', { engine: 'embedded', workers: heavyWorkersMax, setup: [postgres, 'test/support/world-to-copy.ts'] }),
      project('faults', { engine: 'postgres', workers: heavyWorkersMax, setup: [postgres] }),
      project('measured', { engine: 'postgres', workers: 1, setup: [postgres], fullPasswords: true }),
    ],
  },
})
