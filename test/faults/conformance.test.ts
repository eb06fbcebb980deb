import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endWithin, startProcess } from '../support/own-process.ts'
import { type ServerProcess, startServerProcess } from '../support/server-process.ts'

let dataDir: string
let server: ServerProcess
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'assent-faulty-'))
  const flags = ['--data', dataDir, '--log-level', 'error', '--rate-limit-factor', '1000']
  server = await startServerProcess(flags, {}, ['test/faults/faulty-server.ts', 'endless-subscriptions'])
})
afterAll(async () => {
  server?.signal('SIGKILL')
  await server?.ended
  rmSync(dataDir, { recursive: true, force: true })
})

/** What vitest reports of a run, as far as it is read here. */
interface Report {
  testResults: { assertionResults: { title: string; status: string }[] }[]
}

test('the conformance suite finds a planted fault, a subscription that is over and still active, and nothing beside it', async () => {
  const report = join(dataDir, 'report.json')
  const suite = ['run', '--project', 'conformance', 'test/conformance/coverage.test.ts']
  const told = ['--reporter=json', `--outputFile.json=${report}`]
  const running = startProcess(['node_modules/vitest/vitest.mjs', ...suite, ...told], {
    ASSENT_CONFORMANCE: join(dataDir, 'world.json'),
  })
  expect(await endWithin(running, 240_000)).toBe(1)
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report
  const results = testResults.flatMap(({ assertionResults }) => assertionResults)
  const titled = (status: string) => results.filter((one) => one.status === status).map(({ title }) => title)
  expect(titled('failed')).toEqual(['the world has customers without consent, without a subscription and without a connection'])
  expect(titled('passed').length).toBeGreaterThan(20)
}, 300_000)
