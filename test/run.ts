import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { accessSync, mkdtempSync, constants as modes, readFileSync, rmSync, statfsSync } from 'node:fs'
import { constants, setPriority, tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { startPostgres, type TestPostgres } from './support/postgres.ts'
import { type Project, projects, projectsTogether, testFiles } from './support/projects.ts'

/**
 * `npm test`: types, lint, and every test, on the embedded database and on a real PostgreSQL. Arguments are parts of the paths of
 * the test files to keep to. `--soak` runs the long forms of the checks that have one. The last line counts: N passed, N failed.
 */
const args = process.argv.slice(2)
const soak = args.includes('--soak')
const filters = args.filter((one) => one !== '--soak')
const strict = process.env.CI === 'true'
const withLongForm = /ASSENT_SOAK/
/** What the test servers' directories come to at once: tens of MB each. */
const filesBytesMax = 4e9

interface Count {
  passed: number
  failed: number
  skipped: number
}

/** The parts of vitest's JSON report that are read here. */
interface Report {
  numPassedTests?: number
  numFailedTests?: number
  numPendingTests?: number
  numTodoTests?: number
  testResults?: {
    name: string
    status: string
    message: string
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[]
  }[]
}

const total: Count = { passed: 0, failed: 0, skipped: 0 }
/** What failed, to be named once more before the count: a long run's output is often kept from its end only. */
const failures: string[] = []

function add(name: string, count: Count, startedAt: number): void {
  total.passed += count.passed
  total.failed += count.failed
  total.skipped += count.skipped
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
  console.log(`${name}: ${count.passed} passed, ${count.failed} failed${skipped} in ${seconds} s\n`)
}

let stopped = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    stopped = true
    for (const child of running) child.kill(signal)
  })
}
const running = new Set<ReturnType<typeof spawn>>()

/** Runs a program of node_modules, and gives its exit code and, where it is not shown as it comes, what it said: such a one lets the others go first. */
function run(program: string, given: string[], env: NodeJS.ProcessEnv, shown: boolean): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join('node_modules', program), ...given], {
      stdio: ['ignore', shown ? 'inherit' : 'pipe', shown ? 'inherit' : 'pipe'],
      env,
    })
    running.add(child)
    if (!shown && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW)
    let said = ''
    const note = (text: Buffer) => {
      said += text
    }
    child.stdout?.on('data', note)
    child.stderr?.on('data', note)
    child.on('error', (error) => note(Buffer.from(error.message)))
    child.on('close', (code) => {
      running.delete(child)
      resolve({ code: code ?? 1, said })
    })
  })
}

async function check(name: string, program: string, given: string[]): Promise<void> {
  const startedAt = performance.now()
  const { code, said } = await run(program, given, process.env, false)
  if (said !== '') console.log(said)
  if (code !== 0) failures.push(name)
  add(name, { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }, startedAt)
}

async function runTests(together: Project[], files: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const startedAt = performance.now()
  const directory = mkdtempSync(join(tmpdir(), 'assent-results-'))
  const report = join(directory, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { code } = await run(
    'vitest/vitest.mjs',
    ['run', ...together.flatMap((project) => ['--project', project]), ...reporters, ...files],
    env,
    true,
  )
  add(together.join(', '), counted(report, code), startedAt)
  rmSync(directory, { recursive: true, force: true })
}

/** What a report says. A run that broke outside its tests counts as one failure more. */
function counted(report: string, code: number): Count {
  let told: Report = {}
  try {
    told = JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    failures.push('(a run without a report)')
  }
  for (const file of told.testResults ?? []) {
    const broken = file.assertionResults.filter((one) => one.status === 'failed')
    const named = broken.map((one) => `${one.fullName}: ${one.failureMessages[0]?.split('\n')[0] ?? ''}`)
    if (file.status === 'failed' && named.length === 0) named.push(file.message.split('\n')[0] ?? '')
    failures.push(...named.map((text) => `${relative('.', file.name)}: ${text}`))
  }
  const failed = told.numFailedTests ?? 0
  const skipped = (told.numPendingTests ?? 0) + (told.numTodoTests ?? 0)
  return { passed: told.numPassedTests ?? 0, failed: failed === 0 && code !== 0 ? 1 : failed, skipped }
}

/**
 * Where the tests' files go: into memory, where the system offers enough of it, since a tenth of what the embedded database takes is waiting for a disk.
 * Nothing is asked of a disk that this loses: the tests kill processes, not machines.
 */
function inMemory(): { TMPDIR?: string } {
  if (process.env.TMPDIR !== undefined) return {}
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    accessSync('/dev/shm', modes.W_OK)
    return bavail * bsize > filesBytesMax ? { TMPDIR: '/dev/shm' } : {}
  } catch {
    return {}
  }
}

/** Whether a test file takes part in this run. */
function isChosen(project: Project, file: string): boolean {
  if (filters.length > 0) return filters.some((part) => file.includes(part))
  return !soak || project === 'faults' || project === 'measured' || withLongForm.test(readFileSync(file, 'utf8'))
}

const files = testFiles()

/** Beside the first tests, which go first: alone, they leave a core without work for half a minute. */
const checks =
  soak || filters.length > 0
    ? []
    : [
        // In one thread: more of them check what they share once each, and the tests beside have the cores.
        check('types', 'typescript-native/bin/tsc', [
          ...['-b', '--singleThreaded', '.', 'web'],
          ...(files.e2e.length > 0 ? ['test/e2e'] : []),
        ]),
        check('lint', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']),
      ]

const chosenFiles = projects.map((project) => ({ project, chosen: files[project].filter((file) => isChosen(project, file)) }))
let postgres: TestPostgres | undefined
if (chosenFiles.some(({ project, chosen }) => project !== 'unit' && chosen.length > 0)) {
  try {
    postgres = await startPostgres()
    console.log(`PostgreSQL ${postgres.version}\n`)
  } catch (error) {
    // The tests that need it fail, each with this.
    console.log(`${(error as Error).message}\n`)
  }
}
const seed = process.env.ASSENT_TEST_SEED ?? String(randomInt(2 ** 31))
const env: NodeJS.ProcessEnv = {
  ...process.env,
  ...inMemory(),
  // Half of what a start of one of our programs takes is the compiling of its modules, and there are hundreds of starts.
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? resolve('node_modules/.cache/assent/compiled'),
  ASSENT_TEST_SEED: seed,
  ...(postgres ? { ASSENT_TEST_POSTGRES_URL: postgres.url } : {}),
  ...(soak ? { ASSENT_SOAK: '1' } : {}),
}
console.log(`ASSENT_TEST_SEED=${seed}\n`)
for (const { project, chosen } of chosenFiles) {
  if (chosen.length === 0 && !soak && filters.length === 0)
    add(`${project} (no test file: it has lost its tests)`, { passed: 0, failed: 1, skipped: 0 }, performance.now())
}
for (const together of projectsTogether) {
  const parts = chosenFiles.filter(({ project, chosen }) => together.includes(project) && chosen.length > 0)
  if (stopped || parts.length === 0) continue
  const paths = new Set(parts.flatMap(({ chosen }) => chosen))
  await runTests(
    parts.map(({ project }) => project),
    [...paths],
    env,
  )
  await Promise.all(checks)
}
await postgres?.stop()

if (strict) total.failed += total.skipped
if (total.passed + total.failed === 0) {
  console.log('No test ran.')
  total.failed = 1
}
for (const failure of failures) console.log(`failed: ${failure}`)
if (stopped) console.log('Stopped before the end.')
if (total.skipped > 0) console.log(`${total.skipped} skipped${strict ? ', counted as failed' : ''}`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = stopped || total.failed > 0 ? 1 : 0
