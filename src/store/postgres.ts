import pg from 'pg'
import type { Sql } from 'sql-template-tag'
import {
  type Actor,
  type Database,
  type Db,
  type Isolation,
  parsers,
  type Role,
  statementName,
  type Transaction,
} from './database.ts'
import { streamsSocket } from './postgres-socket.ts'
import { actorSetting } from './record.ts'

/** Connections of requests: statements of the device-data API and of the portal that run at once in this process. */
export const requestConnectionsMax = 8
const systemConnectionsMax = 8
const accountsConnectionsMax = 4
const connectTimeoutMs = 10_000
/** How long a look at streams waits for its answer: without one, streams are ended (src/measurements/live-streams.ts). */
const lookTimeoutMs = 5_000
const statementTimeoutMs = 60_000

/** What a transaction that lost against another is told to do: try again (PostgreSQL's error classes 40001 and 40P01). */
const retryable = new Set(['40001', '40P01'])
const transactionTriesMax = 5

const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    parsers[oid] ?? pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

/** A real PostgreSQL (15 or later). Nothing is connected before the first question. */
export function openPostgres(url: string, onIdleError: (error: Error) => void): Database {
  const { address, options } = parted(url)
  const pool = (role: Role, max: number, own = true, more: Pick<pg.PoolConfig, 'query_timeout' | 'stream'> = {}) => {
    const opened = new pg.Pool({
      connectionString: address,
      max,
      connectionTimeoutMillis: connectTimeoutMs,
      statement_timeout: statementTimeoutMs,
      ...more,
      application_name: `assent ${role}`,
      options:
        role === 'request'
          ? `${options} -c timezone=UTC -c jit=off -c role=assent_request -c plan_cache_mode=force_generic_plan`
          : `${options} -c timezone=UTC -c jit=off`,
      ...(own ? { types } : {}),
    })
    opened.on('error', onIdleError)
    // The pool listens to idle connections only: one that is cut in the middle of a transaction would end the whole process.
    opened.on('connect', (client) => client.on('error', onIdleError))
    return opened
  }
  const pools = {
    request: pool('request', requestConnectionsMax),
    system: pool('system', systemConnectionsMax),
    accounts: pool('system', accountsConnectionsMax),
  }
  const streamsPool = pool('request', 1, true, { query_timeout: lookTimeoutMs, stream: streamsSocket })
  const libraryPool = pool('system', accountsConnectionsMax, false)

  return {
    engine: 'postgres',
    request: dbOf(pools.request),
    streams: dbOf(streamsPool),
    system: dbOf(pools.system),
    accountsPool: libraryPool as unknown as Database['accountsPool'],
    transaction: (as, actor, work, isolation) => transaction(pools[as], actor, work, isolation),
    ping: async () => {
      await pools.request.query('select 1')
    },
    script: async (text) => {
      const client = await pools.system.connect()
      try {
        await client.query(`begin;\n${text}\n;commit`)
      } catch (error) {
        await client.query('rollback')
        throw error
      } finally {
        client.release()
      }
    },
    close: async () => {
      await Promise.all([...Object.values(pools), streamsPool, libraryPool].map((one) => one.end()))
    },
  }
}

/**
 * An address without its `options`, and those. In an address they would go before ours, which name the role that holds I1; in
 * front of ours, they add what else somebody needs (a search path, a plan setting).
 */
function parted(url: string): { address: string; options: string } {
  const [base = '', query = ''] = url.split('?', 2)
  const parameters = new URLSearchParams(query)
  const options = parameters.getAll('options').join(' ')
  parameters.delete('options')
  return { address: parameters.size === 0 ? base : `${base}?${parameters}`, options }
}

function dbOf(queryable: pg.Pool | pg.PoolClient): Db {
  return {
    rows: async <Row extends object>({ text, values }: Sql, each?: (row: Row) => void) => {
      const question = { name: statementName(text), text, values }
      if (each === undefined) return (await queryable.query<Row>(question)).rows
      if (!(queryable instanceof pg.Pool)) throw new Error('Rows are shown as they come outside of transactions alone.')
      let failure: unknown
      const query = new pg.Query<Row>(question)
      query.on('row', (row: Row) => {
        try {
          each(row)
        } catch (error) {
          // Thrown from here it would end the process: the driver shows rows out of the socket's own event.
          failure ??= error
        }
      })
      // What a pool is asked in place of a question it answers as one.
      const { rows } = await queryable.query<Row>(query as unknown as typeof question)
      if (failure !== undefined) throw failure
      return rows
    },
  }
}

/** As a library asks: with the driver's own types, whose timestamps are Dates. */
async function libraryQuery(client: pg.PoolClient, text: string, values: readonly unknown[] = []) {
  const { rowCount, rows } = await client.query({ text, values: [...values], types: pg.types })
  return { command: 'SELECT' as const, rowCount: rowCount ?? 0, rows }
}

async function transaction<Result>(
  pool: pg.Pool,
  actor: Actor,
  work: (tx: Transaction) => Promise<Result>,
  isolation: Isolation = 'read committed',
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    const client = await pool.connect()
    let broken = false
    try {
      await client.query(`begin isolation level ${isolation}`)
      const tx: Transaction = { ...dbOf(client), query: (text, values) => libraryQuery(client, text, values) }
      await tx.rows(actorSetting(actor))
      const result = await work(tx)
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch(() => {
        broken = true
      })
      const code = error instanceof pg.DatabaseError ? error.code : undefined
      if (attempt >= transactionTriesMax || code === undefined || !retryable.has(code)) throw error
    } finally {
      client.release(broken)
    }
  }
}
