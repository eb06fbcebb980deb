import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../../src/store/database.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { type Begun, type Engine, newDatabase, testEngine } from './server.ts'

const startWithinMs = 90_000
const endWithinMs = 30_000

/** A program of ours in a process of its own, as a person starts it. */
export interface OwnProcess {
  pid: number
  /** All that it wrote to now. */
  stdout(): string
  stderr(): string
  /** Resolves when it has ended: its exit code, or the signal that ended it. Rejects where it does not end in time. */
  ended: Promise<number | string>
  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): void
}

/** What a program is started in: nothing of the surrounding settings reaches it. */
export function cleanEnvironment(env: Record<string, string | undefined> = {}): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(ASSENT_|DATABASE_URL$|PG|VITEST|NODE_OPTIONS$)/.test(name)),
  )
  return { ...kept, ...env }
}

export function startProcess(args: readonly string[], env: Record<string, string | undefined> = {}): OwnProcess {
  const child = spawn(process.execPath, [...args], { env: cleanEnvironment(env), stdio: ['ignore', 'pipe', 'pipe'] })
  // What a failed test leaves running goes with the tests' own process.
  const leave = () => void child.kill('SIGKILL')
  process.once('exit', leave)
  child.once('close', () => process.off('exit', leave))
  const written = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written.err += text
  })
  return {
    pid: child.pid as number,
    stdout: () => written.out,
    stderr: () => written.err,
    ended: endOf(child),
    signal: (name) => void child.kill(name),
  }
}

function endOf(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve(signal ?? (code as number)))
  })
}

/** A program's end, awaited with a bound; past it, it is killed and this throws. */
export async function endWithin(running: OwnProcess, ms = endWithinMs): Promise<number | string> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    running.signal('SIGKILL')
    late.reject(new Error(`Process ${running.pid} did not end within ${ms} ms.\n${running.stdout()}\n${running.stderr()}`))
  }, ms)
  try {
    return await Promise.race([running.ended, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** Asks again and again, until `question` answers with something. Throws after `ms`. */
export async function until<Answer>(
  what: string,
  question: () => Promise<Answer | null | undefined | false>,
  ms = startWithinMs,
): Promise<Answer> {
  for (const end = Date.now() + ms; ; ) {
    const answer = await question()
    if (answer !== null && answer !== undefined && answer !== false) return answer
    if (Date.now() > end) throw new Error(`Not within ${ms} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

export interface ServerProcess extends OwnProcess {
  url: string
}

/** Starts the server itself (src/main.ts), or `program` in its place, with these flags on a free port. Returns when it is ready. */
export async function startServerProcess(
  flags: readonly string[],
  env: Record<string, string | undefined> = {},
  program: readonly string[] = ['src/main.ts'],
): Promise<ServerProcess> {
  const running = startProcess([...program, '--port', '0', ...flags], env)
  let over: number | string | undefined
  void running.ended.then((end) => {
    over = end
  })
  const url = await until("the server's address", async () => {
    if (over !== undefined)
      throw new Error(`The server ended (${over}) before it was ready:\n${running.stdout()}\n${running.stderr()}`)
    const found = /http:\/\/localhost:\d+/.exec(running.stdout())?.[0]
    const ready =
      found &&
      (await fetch(`${found}/ready`).then(
        (answer) => answer.ok,
        () => false,
      ))
    return ready && found
  })
  return { ...running, url }
}

/** Where a server process keeps its data: a directory, and on PostgreSQL a database of its own. Survives the process. */
export interface Place {
  engine: Engine
  dataDir: string
  databaseUrl: string | undefined
  flags: string[]
  env: Record<string, string | undefined>
  remove(): Promise<void>
}

export async function newPlace(engine: Engine = testEngine, begun?: Begun): Promise<Place> {
  const dataDir = mkdtempSync(join(tmpdir(), 'assent-place-'))
  const address = await newDatabase(engine, dataDir, begun)
  return {
    engine,
    dataDir,
    databaseUrl: address?.url,
    flags: ['--data', dataDir, '--empty'],
    env: address ? { DATABASE_URL: address.url, ASSENT_SECRET: randomBytes(32).toString('hex') } : {},
    remove: async () => {
      await address?.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** A place's database, opened as a server would open it. Not while a server runs on it. */
export async function withDatabaseOf(place: Place, work: (db: Database) => Promise<void>): Promise<void> {
  const { databaseUrl, dataDir } = place
  const db = databaseUrl ? openPostgres(databaseUrl, () => {}) : await openEmbedded(join(dataDir, 'database'))
  try {
    await work(db)
  } finally {
    await db.close()
  }
}
