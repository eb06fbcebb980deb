import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from './support/postgres.ts'

/**
 * `npm test`: types, lint, and every test, on the embedded database and on a real PostgreSQL. `--soak` runs the long forms of the
 * checks in test/faults alone. Other arguments are files to keep to. The last line counts: N passed, N failed.
 */
const args = process.argv.slice(2)
const soak = args.includes('--soak')
const filters = args.filter((one) => one !== '--soak')
const strict = process.env.CI === 'true'

interface Count {
  passed: number
  failed: number
  skipped: number
}

const total: Count = { passed: 0, failed: 0, skipped: 0 }

function add(name: string, count: Count, startedAt: number): void {
  total.passed += count.passed
  total.failed += count.failed
  total.skipped += count.skipped
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  console.log(`${name}: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped in ${seconds} s\n`)
}

function run(command: string, given: string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, given, { stdio: ['ignore', 'inherit', 'inherit'], env })
    child.on('error', () => resolve(1))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

async function check(name: string, script: string, given: string[]): Promise<void> {
  const startedAt = Date.now()
  const failed = (await run(process.execPath, [script, ...given], process.env)) === 0 ? 0 : 1
  add(name, { passed: 1 - failed, failed, skipped: 0 }, startedAt)
}

async function vitest(project: string, env: NodeJS.ProcessEnv): Promise<void> {
  const startedAt = Date.now()
  const directory = mkdtempSync(join(tmpdir(), 'assent-results-'))
  const report = join(directory, 'report.json')
  const code = await run(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--project', project, '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters],
    env,
  )
  add(project, counted(report, code), startedAt)
  rmSync(directory, { recursive: true, force: true })
}

/** What a report says. A run that broke outside its tests counts as one failure more. */
function counted(report: string, code: number): Count {
  try {
    const told = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>
    const failed = told.numFailedTests ?? 0
    return {
      passed: told.numPassedTests ?? 0,
      failed: failed === 0 && code !== 0 ? 1 : failed,
      skipped: (told.numPendingTests ?? 0) + (told.numTodoTests ?? 0),
    }
  } catch {
    return { passed: 0, failed: code === 0 && filters.length > 0 ? 0 : 1, skipped: 0 }
  }
}

if (!soak && filters.length === 0) {
  await check('types', 'node_modules/typescript/bin/tsc', ['-p', '.'])
  await check('portal types', 'node_modules/typescript/bin/tsc', ['-p', 'web'])
  await check('lint', 'node_modules/@biomejs/biome/bin/biome', ['check', '.'])
}

const postgres = process.env.ASSENT_TEST_POSTGRES_URL ? null : await startPostgres()
const end = () => void postgres?.stop().then(() => process.exit(130))
process.once('SIGINT', end)
process.once('SIGTERM', end)
try {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...(postgres ? { ASSENT_TEST_POSTGRES_URL: postgres.url } : {}),
    ...(soak ? { ASSENT_SOAK: '1' } : {}),
  }
  if (postgres) console.log(`PostgreSQL ${postgres.version} for this run\n`)
  for (const project of soak ? ['faults'] : ['unit', 'embedded', 'postgres', 'conformance', 'e2e', 'faults']) await vitest(project, env)
} finally {
  await postgres?.stop()
}

if (strict && total.skipped > 0) total.failed += total.skipped
if (total.passed + total.failed === 0) {
  console.log('No test ran.')
  total.failed = 1
}
if (total.skipped > 0) console.log(`${total.skipped} skipped${strict ? ', counted as failed' : ''}`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1
