import { createHash } from 'node:crypto'
import type { Sql } from 'sql-template-tag'
import type { actorKinds } from '../domain/activity.ts'

/** A way to ask the database: one statement, its rows. int8 arrives as number, timestamptz as ISO text with ms and Z. */
export interface Db {
  /** `each` is shown a row as it comes, before the next one is read: it can put what is large elsewhere, and empty the row of it. */
  rows<Row extends object>(statement: Sql, each?: (row: Row) => void): Promise<Row[]>
}

/** One transaction. `query` is for libraries: as a client of `accountsPool` asks, within this transaction. */
export interface Transaction extends Db {
  query: PoolClientLike['query']
}

/**
 * Who acts, as the record of acts names him (I11). `address` is kept beside the chain, to be erasable; only `company`, for which he acts,
 * and the vendor are shown it.
 */
export interface Actor {
  kind: (typeof actorKinds)[number]
  id?: string
  company?: string
  address?: string
}

/** Which of the two roles works: `request` sees device data through the covered views alone (I1), `system` owns everything. */
export type Role = 'request' | 'system'

/** On whose connections a transaction works: `accounts` is the system, where passwords are hashed meanwhile and nothing else may wait for it. */
export type Worker = Role | 'accounts'

/** `repeatable read`: all statements of the transaction see the moment of its first one. */
export type Isolation = 'read committed' | 'repeatable read'

export interface Database {
  engine: 'embedded' | 'postgres'
  request: Db
  system: Db
  /** As `request`, for what looks at streams' rights: nobody else's statements stand before it, and none of its own waits for long. */
  streams: Db
  /** One transaction. Every act that the triggers record in it is the actor's. An error rolls back and is thrown on. */
  transaction<Result>(
    as: Worker,
    actor: Actor,
    work: (tx: Transaction) => Promise<Result>,
    isolation?: Isolation,
  ): Promise<Result>
  /** The shape of pg.Pool, for libraries; the role is `system`, timestamps are Dates. */
  accountsPool: PoolLike
  /** Whether it answers; throws where it does not. */
  ping(): Promise<void>
  /** Runs a text of several statements as `system`, in one transaction of its own. */
  script(text: string): Promise<void>
  close(): Promise<void>
}

/** What a pool-shaped adapter must offer: kysely's PostgresDialect asks no more. */
export interface PoolLike {
  connect(): Promise<PoolClientLike>
  end(): Promise<void>
}

export interface PoolClientLike {
  query(text: string, values?: readonly unknown[]): Promise<{ command: 'SELECT'; rowCount: number; rows: unknown[] }>
  release(): void
}

const names = new Map<string, string>()

/** A name for a statement's text, so that PostgreSQL prepares it once a connection. Texts are ours alone, so they are few. */
export function statementName(text: string): string {
  let name = names.get(text)
  if (name === undefined) {
    name = `q${createHash('sha1').update(text).digest('hex').slice(0, 16)}`
    names.set(text, name)
  }
  return name
}

/** PostgreSQL's type numbers that both engines' drivers would give differently, and what they become here. */
export const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  20: Number,
  1184: (text) => new Date(text).toISOString(),
}
