import { defineConfig } from 'vitest/config'

/** Tests that need no server. All others run on the engine that ASSENT_TEST_DATABASE names. */
const unit = ['src/domain/**/*.test.ts', 'demo/**/*.test.ts', 'test/tidy.test.ts', 'test/openapi/**/*.test.ts']
const http = ['src/**/*.test.ts', 'gateway/**/*.test.ts', 'test/*.test.ts', 'demo/**/*.http.test.ts']

const longMs = 120_000

function project(name: string, include: string[], more: { exclude?: string[]; env?: Record<string, string>; workers?: number } = {}) {
  return {
    test: {
      name,
      include,
      exclude: ['**/node_modules/**', ...(more.exclude ?? [])],
      env: more.env ?? {},
      pool: 'forks' as const,
      maxWorkers: more.workers ?? 2,
      testTimeout: longMs,
      hookTimeout: longMs,
      globalSetup: ['test/support/global-postgres.ts'],
    },
  }
}

export default defineConfig({
  test: {
    projects: [
      project('unit', unit, { exclude: ['demo/**/*.http.test.ts'] }),
      project('embedded', http, { exclude: unit.filter((one) => !one.startsWith('demo')), env: { ASSENT_TEST_DATABASE: 'embedded' } }),
      project('postgres', http, { exclude: unit.filter((one) => !one.startsWith('demo')), env: { ASSENT_TEST_DATABASE: 'postgres' } }),
      project('conformance', ['test/conformance/**/*.test.ts']),
      project('e2e', ['test/e2e/**/*.test.ts'], { workers: 1 }),
      project('faults', ['test/faults/**/*.test.ts'], { workers: 1 }),
    ],
  },
})
