import { createHash, randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type Clock, systemClock } from '../../src/clock.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { type Running, start } from '../../src/main.ts'
import type { Database } from '../../src/store/database.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'

export type Engine = 'embedded' | 'postgres'

export interface TestServer {
  url: string
  engine: Engine
  dataDir: string
  config: Config
  /** The server's own connection, for what a test must see below the front door (tables, plans, planted faults). */
  database: Database
  context: Running['context']
  /** Stops the server and starts it anew on the same data. */
  restart(): Promise<void>
  close(): Promise<void>
}

export interface TestServerOptions {
  engine?: Engine
  /** Build the world to try (world.json in dataDir). */
  world?: boolean
  /** A data directory to begin with a copy of, on the embedded engine. */
  copyOf?: string | undefined
  clock?: Clock
  /** Flags of the server, such as `['--portal-name', 'Atlas']`. */
  flags?: string[]
  begunAt?: Begun
}

/** A database to begin with that is of an earlier version: its schema after this migration, and what `write` makes in it. */
export interface Begun {
  migration: number
  write(db: Database): Promise<void>
}

/** The engine that this run of the tests is about. */
export const testEngine = (process.env.ASSENT_TEST_DATABASE ?? 'embedded') as Engine

/** Starts a server of its own on a fresh database and a free port. */
export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const engine = options.engine ?? testEngine
  const dataDir = mkdtempSync(join(tmpdir(), 'assent-test-'))
  if (options.copyOf) cpSync(options.copyOf, dataDir, { recursive: true })
  const address = options.copyOf ? undefined : await newDatabase(engine, dataDir, options.begunAt)
  const config = readConfig(
    ['--port', '0', '--data', dataDir, '--log-level', 'silent', ...(options.world ? [] : ['--empty']), ...(options.flags ?? [])],
    engine === 'postgres' ? { DATABASE_URL: address?.url, ASSENT_SECRET: randomBytes(32).toString('hex') } : {},
  ) as Config

  let running = await start(config, options.clock ?? systemClock)
  return {
    get url() {
      return running.url
    },
    get database() {
      return running.context.db
    },
    get context() {
      return running.context
    },
    engine,
    dataDir,
    config,
    restart: async () => {
      await running.close()
      running = await start(config, options.clock ?? systemClock)
    },
    close: async () => {
      await running.close()
      await address?.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

const schemaDigest = createHash('sha256')
  .update(
    readdirSync('src/store/migrations')
      .sort()
      .map((file) => readFileSync(join('src/store/migrations', file), 'utf8'))
      .join('\0'),
  )
  .digest('hex')
  .slice(0, 12)

/** A migrated embedded database, made once for each schema: a copy takes a tenth of making one. */
export async function copyTemplate(directory: string): Promise<void> {
  const template = join('node_modules/.cache/assent', `embedded-${schemaDigest}`)
  if (!existsSync(template)) {
    mkdirSync('node_modules/.cache/assent', { recursive: true })
    const made = mkdtempSync('node_modules/.cache/assent/making-')
    const db = await openEmbedded(made)
    await migrate(db)
    await db.close()
    try {
      renameSync(made, template)
    } catch {
      rmSync(made, { recursive: true, force: true })
    }
  }
  cpSync(template, directory, { recursive: true })
}

interface PostgresDatabase {
  url: string
  drop(): Promise<void>
}

/** A database for a server with this data directory: on the embedded engine in it, else of its own. */
export async function newDatabase(engine: Engine, dataDir: string, begun?: Begun): Promise<PostgresDatabase | undefined> {
  const embedded = join(dataDir, 'database')
  const address = engine === 'postgres' ? await newPostgresDatabase(begun && 'template0') : undefined
  if (!begun) {
    if (!address) await copyTemplate(embedded)
    return address
  }
  const db = address ? openPostgres(address.url, () => {}) : await openEmbedded(embedded)
  await migrate(db, begun.migration)
  await begun.write(db)
  await db.close()
  return address
}

/** Copied so, a database takes a third of what it takes through the log. */
const asFiles = 'strategy file_copy'

/** A database of its own on the PostgreSQL of this run: from a migrated template, or from the one named. */
export async function newPostgresDatabase(from?: string): Promise<PostgresDatabase> {
  const admin = process.env.ASSENT_TEST_POSTGRES_URL
  if (!admin) throw new Error('No PostgreSQL for the tests: run them by `npm test`, or name one in ASSENT_TEST_POSTGRES_URL.')
  const template = `assent_template_${schemaDigest}`
  const name = `assent_test_${randomBytes(6).toString('hex')}`
  await onAdmin(admin, async (client) => {
    if (from) return void (await client.query(`create database ${name} template ${from} ${asFiles}`))
    await client.query('select pg_advisory_lock(4700002)')
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [template])
    if (rowCount === 0) {
      await client.query(`create database ${template}_making`)
      const db = openPostgres(databaseUrl(admin, `${template}_making`), () => {})
      await migrate(db)
      await db.close()
      await client.query(`alter database ${template}_making rename to ${template}`)
    }
    await client.query(`create database ${name} template ${template} ${asFiles}`)
  })
  return {
    url: databaseUrl(admin, name),
    drop: () => onAdmin(admin, async (client) => void (await client.query(`drop database ${name} with (force)`))),
  }
}

async function onAdmin(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

/** The same server's address for another database: a unix socket's directory stays in `host`. */
function databaseUrl(admin: string, name: string): string {
  return admin.replace(/^(postgres(?:ql)?:\/\/[^/?]*)(?:\/[^?]*)?(\?.*)?$/, `$1/${name}$2`)
}
