import { fsyncSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import type { Sql } from 'sql-template-tag'
import type { Actor, Database, Db, Isolation, PoolClientLike, Role, Transaction } from './database.ts'
import { lockDirectory } from './directory-lock.ts'
import { type Statements, statementsOn } from './embedded-statements.ts'
import { actorSetting } from './record.ts'

/**
 * PGlite's file system with fsync, which it lacks out of the box: without it an acknowledged commit could be lost with the
 * machine's power (I7). The hook is PGlite's internal, so its version is pinned, and a test counts the calls.
 */
class DurableNodeFS extends NodeFS {
  readonly onSync: () => void

  constructor(directory: string, onSync: () => void) {
    super(directory)
    this.onSync = onSync
  }

  override async init(...given: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const ready = await super.init(...given)
    ready.emscriptenOpts.preRun?.push((module: Record<string, unknown>) => {
      const files = module.NODEFS as { stream_ops: { fsync?: (stream: { nfd: number }) => number } }
      files.stream_ops.fsync = (stream) => {
        fsyncSync(stream.nfd)
        this.onSync()
        return 0
      }
    })
    return ready
  }
}

/**
 * The embedded database in `directory`, made there when it is empty. Throws with what to do where another process has it open.
 * `onSync` is told of each fsync.
 */
export async function openEmbedded(directory: string, onSync: () => void = () => {}): Promise<Database> {
  const unlock = lockDirectory(directory)
  try {
    const lite = await PGlite.create({
      fs: new DurableNodeFS(directory, onSync),
      startParams: [
        ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
        ...['-c', 'wal_sync_method=fsync', '-c', 'shared_buffers=16MB', '-c', 'timezone=UTC'],
      ],
    })
    return databaseOn(lite, unlock)
  } catch (error) {
    unlock()
    throw notOpened(directory, error)
  }
}

/** PGlite's words for a directory that it cannot read help nobody; the system's refusals name a file and a code. */
function notOpened(directory: string, error: unknown): unknown {
  if (error instanceof Error && 'code' in error) return error
  return new Error(
    `The database in ${directory} cannot be opened: it is damaged, or not one of this version's engine. Keep the directory, and restore a ` +
      `backup into another one (--data DIRECTORY --restore FILE). (${error instanceof Error ? error.message : String(error)})`,
    { cause: error },
  )
}

function databaseOn(lite: PGlite, unlock: () => void): Database {
  const connection = oneConnection(lite)
  const statements = statementsOn(lite)
  const dbAs = (role: Role): Db => ({
    rows: async <Row extends object>(statement: Sql, each?: (row: Row) => void) => {
      const rows = await connection.exclusive(role, () => statements.rows<Row>(statement))
      if (each) rows.forEach(each)
      return rows
    },
  })

  return {
    engine: 'embedded',
    request: dbAs('request'),
    streams: dbAs('request'),
    system: dbAs('system'),
    transaction: (as, actor, work, isolation) =>
      connection.exclusive(as === 'accounts' ? 'system' : as, () => transaction(lite, statements, actor, work, isolation)),
    accountsPool: { connect: () => connection.client('system'), end: async () => {} },
    ping: () => connection.exclusive('request', async () => void (await lite.query('select 1'))),
    script: (text) =>
      connection.exclusive('system', async () => {
        try {
          await lite.exec(`begin;\n${text}\n;commit`)
        } catch (error) {
          await lite.exec('rollback')
          throw error
        } finally {
          await statements.forget()
        }
      }),
    close: async () => {
      try {
        await connection.exclusive('system', async () => {
          await lite.exec('checkpoint')
          await lite.close()
        })
      } finally {
        unlock()
      }
    },
  }
}

async function transaction<Result>(
  lite: PGlite,
  statements: Statements,
  actor: Actor,
  work: (tx: Transaction) => Promise<Result>,
  isolation: Isolation = 'read committed',
): Promise<Result> {
  const tx: Transaction = { rows: (statement) => statements.rows(statement), query: libraryQuery(lite) }
  await lite.exec(`begin isolation level ${isolation}`)
  try {
    await tx.rows(actorSetting(actor))
    const result = await work(tx)
    await lite.exec('commit')
    return result
  } catch (error) {
    await lite.exec('rollback')
    throw error
  }
}

/** As a library asks: with the engine's own types, whose timestamps are Dates. */
function libraryQuery(lite: PGlite): PoolClientLike['query'] {
  return async (text, values = []) => {
    const result = await lite.query(text, [...values])
    return { command: 'SELECT', rowCount: result.affectedRows ?? result.rows.length, rows: result.rows }
  }
}

/** PGlite is one connection: whoever holds it works alone, in order of arrival, under one role. */
function oneConnection(lite: PGlite) {
  let last: Promise<unknown> = Promise.resolve()
  let role: Role = 'system'

  const acquire = async (wanted: Role): Promise<() => void> => {
    let release = () => {}
    const before = last
    last = new Promise<void>((resolve) => {
      release = resolve
    })
    await before
    try {
      if (wanted !== role) await lite.exec(wanted === 'request' ? 'set role assent_request' : 'reset role')
      role = wanted
    } catch (error) {
      release()
      throw error
    }
    return release
  }

  return {
    exclusive: async <Result>(wanted: Role, work: () => Promise<Result>): Promise<Result> => {
      const release = await acquire(wanted)
      try {
        return await work()
      } finally {
        release()
      }
    },
    client: async (wanted: Role): Promise<PoolClientLike> => {
      const release = await acquire(wanted)
      return { query: libraryQuery(lite), release }
    },
  }
}
