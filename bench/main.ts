// Prints each figure that we claim beside its goal, and ends with 1 where one falls short or is missing (docs/benchmarks.md).
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import pg from 'pg'
import { migrate } from '../src/store/migrate.ts'
import { openPostgres } from '../src/store/postgres.ts'
import { startPostgres } from '../test/support/postgres.ts'
import { newPostgresDatabase } from '../test/support/server.ts'
import { seed } from './data.ts'
import { figures } from './figures.ts'
import { Forked, residentMiB, type Serving, serve } from './processes.ts'
import { type Figure, type Stage, verdict } from './stage.ts'

const memoryAfterMs = 60_000
/** Every limit of requests a minute times this: the limits are reckoned for each request, and let all of them pass. */
const rateLimitFactor = '1000000'

const only = process.argv.slice(2)
const wanted = figures.filter((figure) => only.length === 0 || only.includes(figure.name))
const postgres = await startPostgres()
process.env.ASSENT_TEST_POSTGRES_URL = postgres.url
const address = await newPostgresDatabase()
const directory = mkdtempSync(join(tmpdir(), 'assent-bench-'))
/** As `npm start` has them both: with this one a server keeps the sources and the compiler of its types out of memory. */
const compiled = join(import.meta.dirname, '../node_modules/.cache/assent/compiled')
const { start } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')).scripts
const nodeOptions: string[] = start.match(/--\S+/g) ?? []
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
    started(
      process.execPath,
      [
        ...nodeOptions,
        join(import.meta.dirname, '../src/main.ts'),
        ...['--port', '0', '--data', join(directory, name)],
        ...['--rate-limit-factor', rateLimitFactor, '--inside-addresses', '127.0.0.1'],
      ],
      name,
      { DATABASE_URL: address.url, ASSENT_SECRET: secret, NODE_COMPILE_CACHE: compiled },
    )
  // The first one of a version compiles, and leaves what it compiled to all others.
  await (await server('first')).stop()
  const idle = await server('idle')
  // Looked at when the time has come, whatever is measured then; an end before that is no failure. From then on there is one server.
  const memory = new Promise((resolve) => setTimeout(resolve, idle.startedAt + memoryAfterMs - performance.now()).unref()).then(
    async () => {
      const taken = residentMiB(idle.pid)
      await idle.stop()
      return taken
    },
  )
  memory.catch(() => {})

  const client = new pg.Client({ connectionString: address.url })
  await client.connect()
  const { data, world } = await seed(client, secret)
  await client.end()
  return {
    data,
    world,
    databaseUrl: address.url,
    emptyDatabase: async () => {
      const empty = await newPostgresDatabase()
      ends.push(() => empty.drop())
      return empty.url
    },
    directory,
    server: await server('server'),
    started: (file, args) => started(process.execPath, [join(import.meta.dirname, file), ...args], basename(file)),
    startedProgram: (command, args) => started(command, args, basename(command)),
    load: forked('load.ts'),
    feeder: forked('measurements/feeder.ts'),
    readers: forked('measurements/readers.ts'),
    sending: forked('measurements/sending.ts'),
    copying: forked('baselines/copy-rows.ts'),
    replaying: forked('measurements/replaying.ts'),
    delaying: forked('measurements/delaying.ts'),
    receiving: forked('webhooks/receiving.ts'),
    bareSender: forked('baselines/webhook-sender.ts'),
    idleMemoryMiB: () => memory,
  }
}

async function started(command: string, args: string[], name: string, env: Record<string, string> = {}): Promise<Serving> {
  const serving = await serve(command, args, env, join(directory, `${name}.log`))
  ends.push(() => serving.stop())
  return serving
}

function forked<Question extends object, Answer>(file: string): Forked<Question, Answer> {
  const process = new Forked<Question, Answer>(file)
  ends.push(() => process.close())
  return process
}

/** Measures and prints one figure: NAME VALUE GOAL and whether it holds. Whether it holds, or has no goal. */
async function measured(figure: Figure, stage: Stage): Promise<boolean> {
  const { name, goal } = figure
  const bound = goal === undefined ? '-' : 'least' in goal ? `>=${goal.least}` : `<=${goal.most}`
  try {
    const result = await figure.measure(stage)
    const says = result === undefined ? 'information' : verdict(result, goal)
    console.log(`${name} ${result === undefined ? 'none' : result.value.toFixed(2)} ${bound} ${says}`)
    return says === 'holds' || says === 'information'
  } catch (error) {
    console.error(error)
    console.log(`${name} missing ${bound} falls short`)
    return false
  }
}
