// Prints each figure that we claim beside its goal, and ends with 1 where one falls short or is missing (docs/benchmarks.md).
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '../src/store/migrate.ts'
import { openPostgres, requestConnectionsMax } from '../src/store/postgres.ts'
import { startPostgres } from '../test/support/postgres.ts'
import { newPostgresDatabase } from '../test/support/server.ts'
import { seed } from './data.ts'
import { type Figure, figures, type Stage } from './figures.ts'
import { LoadClient, residentMiB, type Serving, serve } from './processes.ts'

const memoryAfterMs = 60_000
/** Every limit of requests a minute times this: the limits are reckoned for each request, and let all of them pass. */
const rateLimitFactor = '1000000'

const only = process.argv.slice(2)
const wanted = figures.filter((figure) => only.length === 0 || only.includes(figure.name))
const postgres = await startPostgres()
process.env.ASSENT_TEST_POSTGRES_URL = postgres.url
const address = await newPostgresDatabase()
const directory = mkdtempSync(join(tmpdir(), 'assent-bench-'))
const ends: (() => unknown)[] = [
  () => postgres.stop(),
  () => rmSync(directory, { recursive: true, force: true }),
  () => address.drop(),
]
let holding = 0
try {
  const stage = await prepare()
  for (const figure of wanted) if (await measured(figure, stage)) holding += 1
} finally {
  for (const end of ends.reverse()) await end()
}
process.exitCode = holding === wanted.length ? 0 : 1

/** Starts what is measured, on data as large as they get. */
async function prepare(): Promise<Stage> {
  const secret = randomBytes(32).toString('hex')
  const db = openPostgres(address.url, () => {})
  await migrate(db)
  await db.close()
  const server = (name: string) =>
    started('../src/main.ts', ['--port', '0', '--data', join(directory, name), '--rate-limit-factor', rateLimitFactor], name, {
      DATABASE_URL: address.url,
      ASSENT_SECRET: secret,
    })
  const idle = await server('idle')
  // Looked at when the time has come, whatever is measured then; an end before that is no failure.
  const memory = new Promise((resolve) => setTimeout(resolve, idle.startedAt + memoryAfterMs - performance.now()).unref()).then(
    () => residentMiB(idle.pid),
  )
  memory.catch(() => {})

  const client = new pg.Client({ connectionString: address.url })
  await client.connect()
  const data = await seed(client, secret)
  await client.end()
  const load = new LoadClient()
  ends.push(() => load.close())
  return {
    data,
    databaseUrl: address.url,
    server: await server('server'),
    baseline: (file) => started(`baselines/${file}`, [address.url, data.organization, String(requestConnectionsMax)], file),
    load,
    idleMemoryMiB: () => memory,
  }
}

async function started(file: string, args: string[], name: string, env: Record<string, string> = {}): Promise<Serving> {
  const serving = await serve(file, args, env, join(directory, `${name}.log`))
  ends.push(() => serving.stop())
  return serving
}

/** Measures and prints one figure: NAME VALUE GOAL and whether it holds. */
async function measured(figure: Figure, stage: Stage): Promise<boolean> {
  const goal = `${figure.goal.least === undefined ? '<=' : '>='}${figure.goal.least ?? figure.goal.most}`
  try {
    const value = await figure.measure(stage)
    const holds =
      value >= (figure.goal.least ?? Number.NEGATIVE_INFINITY) && value <= (figure.goal.most ?? Number.POSITIVE_INFINITY)
    console.log(`${figure.name} ${value.toFixed(2)} ${goal} ${holds ? 'holds' : 'falls short'}`)
    return holds
  } catch (error) {
    console.error(error)
    console.log(`${figure.name} missing ${goal} falls short`)
    return false
  }
}
