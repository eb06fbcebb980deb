import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../../src/store/database.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { type OwnProcess, startProcess, until } from './own-process.ts'
import { type Begun, type Engine, newDatabase, testEngine } from './server.ts'

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
