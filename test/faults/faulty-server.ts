import sql, { type Sql } from 'sql-template-tag'
import { systemClock } from '../../src/clock.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { start } from '../../src/main.ts'
import { frameOf } from '../../src/measurements/frame.ts'
import type { Database, Db } from '../../src/store/database.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { timeEndsNoSubscription } from '../support/planted-fault.ts'

/**
 * The server with one fault planted between it and its database, to show that the checks of this folder find it:
 * `node test/faults/faulty-server.ts FAULT [flags of the server]`.
 */
const faults: Record<string, (db: Database) => Database> = {
  /** Coverage, and with it all that a request is told, is up to 300 ms old. */
  'cached-coverage': (db) => ({ ...db, request: cached(db.request, 300) }),
  /** What a stream's right rests on is up to a second old, also across an ending that was taken back. */
  'stale-streams': (db) => ({ ...db, streams: staleStreams(db.streams, 1000) }),
  /** Each fifth block of an organization goes missing for live streams. */
  'dropped-block': (db) => ({ ...db, streams: dropping(db.streams, 5) }),
  /** Offsets come from a sequence in place of the locked head row. */
  'offsets-from-a-sequence': (db) => ({
    ...db,
    transaction: (as, actor, work, isolation) => db.transaction(as, actor, (tx) => work({ ...tx, ...sequenced(tx) }), isolation),
  }),
  /** The last record of each seventh batch of alarms is not stored, though it is acknowledged. */
  'skipped-record': (db) => ({
    ...db,
    transaction: (as, actor, work, isolation) => db.transaction(as, actor, (tx) => work({ ...tx, ...skipping(tx) }), isolation),
  }),
  /** Each seventh block of measurements reaches no live reader. */
  'skipped-block': (db) => ({ ...db, streams: skippingBlocks(db.streams) }),
  /** A replay begins behind the block after `fromOffset`. */
  'replay-behind-the-next': (db) => ({ ...db, request: replayingLess(db.request) }),
  /** A report of measurements is acknowledged, and each seventh time its block is not stored. */
  'unstored-block': (db) => ({
    ...db,
    transaction: (as, actor, work, isolation) =>
      db.transaction(as, actor, (tx) => work({ ...tx, ...notAppending(tx) }), isolation),
  }),
  /** Whether a delivery is covered is not asked. */
  'unasked-deliveries': (db) => ({ ...db, system: unasked(db.system) }),
  /** What is told of a device waits for what its own feed told before, and not for the other feed's. */
  'lanes-by-feed': (db) => ({
    ...db,
    transaction: (as, actor, work, isolation) =>
      db.transaction(as, actor, (tx) => work({ ...tx, rows: (one) => tx.rows(lanedByFeed(one)) }), isolation),
  }),
  /** Each seventh event is made and not stored. */
  'lost-deliveries': (db) => ({
    ...db,
    transaction: (as, actor, work, isolation) =>
      db.transaction(as, actor, (tx) => work({ ...tx, rows: (one) => tx.rows(losing(one)) }), isolation),
  }),
  /** Each seventh time that events were made of feeds, that is forgotten: they are made again. */
  'deliveries-made-twice': (db) => ({
    ...db,
    transaction: (as, actor, work, isolation) =>
      db.transaction(as, actor, (tx) => work({ ...tx, rows: (one) => tx.rows(forgetting(one)) }), isolation),
  }),
  /** A subscription that is over is still active: planted in the schema, once it is there. */
  'endless-subscriptions': (db) => db,
  /** Ids of batches are not remembered: a batch sent again is stored again. */
  'forgotten-batches': (db) => ({
    ...db,
    transaction: (as, actor, work, isolation) => db.transaction(as, actor, (tx) => work({ ...tx, ...forgetful(tx) }), isolation),
  }),
}

function unasked(db: Db): Db {
  return {
    rows: <Row extends object>(statement: Sql) =>
      db.rows<Row>(rewritten(statement, (text) => text.replace(/covered_body\(.*\) as "body"/, 'd.body'))),
  }
}

let made = 0
function losing(statement: Sql): Sql {
  return storing(statement, (deliveries) =>
    deliveries.filter(() => {
      made += 1
      return made % 7 !== 0
    }),
  )
}

function lanedByFeed(statement: Sql): Sql {
  return storing(statement, (deliveries) => deliveries.map((one) => ({ ...one, lane: `${one.needs} ${one.lane}` })))
}

let moved = 0
function forgetting(statement: Sql): Sql {
  if (!/update webhook_position\s+set/.test(statement.text)) return statement
  moved += 1
  return moved % 7 === 0 ? rewritten(statement, (text) => text.replace('where', 'where false and')) : statement
}

interface StoredDelivery {
  needs: string
  lane: string
}

/** The statement that stores deliveries, with others in their place. */
function storing(statement: Sql, change: (deliveries: StoredDelivery[]) => object[]): Sql {
  if (!/insert into webhook_delivery/.test(statement.text)) return statement
  const rows = change(JSON.parse(statement.values[0] as string) as StoredDelivery[])
  return { text: statement.text, values: [JSON.stringify(rows)] } as unknown as Sql
}

/** A statement with another text, and the same values. */
function rewritten(statement: Sql, change: (text: string) => string): Sql {
  return { text: change(statement.text), values: statement.values } as unknown as Sql
}

function cached(db: Db, maxAgeMs: number): Db {
  const answers = new Map<string, { at: number; rows: Promise<object[]> }>()
  return {
    rows: <Row extends object>(statement: Sql) => {
      const question = JSON.stringify([statement.text, statement.values])
      const known = answers.get(question)
      if (known && Date.now() - known.at < maxAgeMs) return known.rows as Promise<Row[]>
      const rows = db.rows<Row>(statement)
      answers.set(question, { at: Date.now(), rows })
      return rows
    },
  }
}

/** A row of the look at streams: a right, or a block. */
interface LookRow {
  n: number | null
  basis: string | null
  seq: number
}

const isLook = (statement: Sql) => /with allowed as materialized/.test(statement.text)

function staleStreams(db: Db, maxAgeMs: number): Db {
  const rights = new Map<string, { at: number; right: LookRow }>()
  return {
    rows: async <Row extends object>(statement: Sql, each?: (row: Row) => void) => {
      const rows = await db.rows<Row>(statement, each)
      if (!isLook(statement)) return rows
      const [callers, organizations] = statement.values as [string[], string[]]
      const now = (rows as unknown as LookRow[]).filter((row) => row.n !== null)
      for (const [place, caller] of callers.entries()) {
        const name = `${caller} ${organizations[place]}`
        const known = rights.get(name)
        const there = now.find((row) => row.n === place + 1)
        if (known && Date.now() - known.at < maxAgeMs) {
          if (there) Object.assign(there, known.right, { n: place + 1 })
          else rows.push({ ...known.right, n: place + 1 } as unknown as Row)
        } else if (there) rights.set(name, { at: Date.now(), right: { ...there } })
      }
      return rows
    },
  }
}

function dropping(db: Db, eachNth: number): Db {
  return {
    rows: async <Row extends object>(statement: Sql, each?: (row: Row) => void) => {
      const rows = await db.rows<Row>(statement, each)
      if (!isLook(statement)) return rows
      return rows.filter((row) => {
        const { n, seq } = row as unknown as LookRow
        return n !== null || seq % eachNth !== 0
      })
    },
  }
}

/** How far apart two transactions' offsets are: more than a batch of the test has changes. */
const stepOfSequence = 1000

function sequenced(tx: Db): Db {
  return {
    rows: <Row extends object>(statement: Sql) => {
      const { text, values } = statement
      if (/from feed_head[\s\S]*for update/.test(text)) {
        return tx.rows<Row>(sql`
          select family, nextval('planted_offsets') * ${stepOfSequence}::bigint as head,
                 to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now
            from unnest(${values[1]}::text[]) family`)
      }
      if (/update feed_head/.test(text)) {
        return tx.rows<Row>(sql`
          update feed_head h
             set head = greatest(h.head, (select coalesce(max(x.changed_offset), 0)
                                            from (select changed_offset, 'inventory' as family from inventory_object where organization_id = ${values[1]}
                                                  union all select changed_offset, 'sensors' from sensor where organization_id = ${values[1]}
                                                  union all select changed_offset, 'alarms' from alarm where organization_id = ${values[1]}) x
                                           where x.family = h.family))
           where h.organization_id = ${values[1]}`)
      }
      return tx.rows<Row>(statement)
    },
  }
}

let batches = 0

function skipping(tx: Db): Db {
  return {
    rows: <Row extends object>(statement: Sql) => {
      if (!/insert into alarm /.test(statement.text)) return tx.rows<Row>(statement)
      batches += 1
      const values = statement.values.map((value) => {
        if (batches % 7 !== 0 || typeof value !== 'string' || !value.startsWith('[')) return value
        return JSON.stringify((JSON.parse(value) as object[]).slice(0, -1))
      })
      return tx.rows<Row>({ text: statement.text, values } as unknown as Sql)
    },
  }
}

function forgetful(tx: Db): Db {
  return {
    rows: async <Row extends object>(statement: Sql) => {
      if (/insert into ingest_batch/.test(statement.text)) {
        await tx.rows(
          sql`delete from ingest_batch where gateway_id = ${statement.values[0]} and batch_id = ${statement.values[1]}`,
        )
      }
      return tx.rows<Row>(statement)
    },
  }
}

let blocks = 0

/** A block without a line. A row left out would be read once more: it is not behind what was read. */
const nothing = frameOf({ lines: 0, rawLength: 0, crc32: 0, block: Buffer.from([0, 0, 0, 0xff, 0xff]) })

function skippingBlocks(db: Db): Db {
  return {
    rows: async <Row extends object>(statement: Sql, each?: (row: Row) => void) => {
      const rows = await db.rows<Row>(statement, each)
      if (!/from covered_stream_block/.test(statement.text)) return rows
      return rows.map((row) => {
        const { kept } = row as { kept?: object }
        return kept === undefined || ++blocks % 7 !== 0 ? row : { ...row, kept: { ...kept, frame: nothing } }
      })
    },
  }
}

function replayingLess(db: Db): Db {
  return {
    rows: async <Row extends object>(statement: Sql, each?: (row: Row) => void) => {
      const rows = await db.rows<Row>(statement, each)
      if (!/x\.token = /.test(statement.text)) return rows
      return rows.map((row) => {
        const { from, to } = row as { from: number | null; to: number | null }
        return from === null || to === null ? row : { ...row, from: Math.min(from + 1, to) }
      })
    },
  }
}

function notAppending(tx: Db): Db {
  return {
    rows: async <Row extends object>(statement: Sql) => {
      if (/insert into measurement_block/.test(statement.text) && ++blocks % 7 === 0) return []
      return tx.rows<Row>(statement)
    },
  }
}

async function main([fault = '', ...flags]: string[]): Promise<void> {
  const plant = faults[fault]
  if (plant === undefined) throw new Error(`There is no fault "${fault}".`)
  const config = readConfig(flags) as Config
  const open = async () => {
    const db = config.databaseUrl ? openPostgres(config.databaseUrl, () => {}) : await openEmbedded(`${config.dataDir}/database`)
    if (fault === 'offsets-from-a-sequence') await db.script('create sequence if not exists planted_offsets')
    return plant(db)
  }
  const { url, context } = await start(config, systemClock, open)
  if (fault === 'endless-subscriptions') await context.db.script(timeEndsNoSubscription)
  console.log(url)
}

await main(process.argv.slice(2))
