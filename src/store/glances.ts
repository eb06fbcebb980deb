import sql, { empty } from 'sql-template-tag'
import type { OrganizationId } from '../domain/ids.ts'
import type { Db } from './database.ts'
import type { Family, FeedHead } from './feeds.ts'
import { type AskingKey, acceptedFrom, type KeyedRow } from './keyed.ts'

/** Statements that run at once: the next one gathers what is asked meanwhile. */
const statementsMax = 2
/** Askers whom one statement answers. */
const askersMax = 100

/** Where a feed stands, for a key. The oldest cleared alarm is looked up for lists of alarms alone: it is in their version. */
export interface Glance {
  key: AskingKey
  organization: OrganizationId
  family: Family
  list: boolean
}

interface Asker extends Glance {
  resolve(row: (KeyedRow & Partial<FeedHead>) | undefined): void
  reject(error: unknown): void
}

/**
 * Most requests ask for what they have already: they need the right to a feed, and its head. These are asked for all requests together
 * that wait at the moment, in one statement, which begins after the last of them has come (I2). Each asker's key, coverage and head come from
 * that statement's one snapshot (I1), and the answer is the asker's alone: undefined where its key is not valid now, without `head` where the
 * key does not cover the organization for this family.
 */
export class Glances {
  readonly #db: Db
  #waiting: Asker[] = []
  #running = 0
  #begun = false

  constructor(db: Db) {
    this.#db = db
  }

  ask(glance: Glance): Promise<(KeyedRow & Partial<FeedHead>) | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...glance, resolve, reject })
      if (this.#begun) return
      this.#begun = true
      // After the sockets that can be read now: what they bring goes into the same statement.
      setImmediate(() => {
        this.#begun = false
        this.#next()
      })
    })
  }

  #next(): void {
    if (this.#running === statementsMax || this.#waiting.length === 0) return
    const askers = this.#waiting.splice(0, askersMax)
    this.#running += 1
    glanced(this.#db, askers)
      .then(
        (rows) => {
          for (const [n, asker] of askers.entries()) asker.resolve(rows.get(n + 1))
        },
        (error: unknown) => {
          for (const asker of askers) asker.reject(error)
        },
      )
      .finally(() => {
        this.#running -= 1
        this.#next()
      })
  }
}

/** The answers by the asker's place, from 1. */
async function glanced(db: Db, askers: readonly Glance[]): Promise<Map<number, KeyedRow & Partial<FeedHead>>> {
  const alarmLists = askers.some((asker) => asker.list && asker.family === 'alarms')
  const oldestCleared = sql`
    , case when a.list and f.family = 'alarms' then (
           select extract(epoch from min(x.cleared_at))::text
             from covered_alarm x
            where x.caller = k.id and x.organization_id = f.organization_id and x.cleared_at > statement_timestamp() - interval '7 days') end
      as "oldestCleared"`
  const rows = await db.rows<{ n: number } & KeyedRow & Partial<FeedHead>>(sql`
    select a.n, k.secret_hash as "secretHash", k.secret_name as "secretName", k.company_id as "companyId", h.*
      from unnest(${askers.map((asker) => asker.key.id)}::text[],
                  ${askers.map((asker) => asker.key.hashes.join(','))}::text[],
                  ${askers.map((asker) => asker.organization)}::text[],
                  ${askers.map((asker) => asker.family)}::text[],
                  ${askers.map((asker) => asker.list)}::boolean[],
                  ${askers.map((asker) => asker.key.address)}::text[])
           with ordinality a (key_id, hashes, organization_id, family, list, address, n)
      join valid_key k on k.id = a.key_id and ${acceptedFrom(sql`a.address`)}
      left join lateral (
           select f.head, f.purged${alarmLists ? oldestCleared : empty}
             from covered_feed_head f
            where f.caller = k.id and f.organization_id = a.organization_id and f.family = a.family
            limit 1) h on encode(k.secret_hash, 'hex') = any (string_to_array(a.hashes, ','))`)
  return new Map(rows.map((row) => [row.n, row]))
}
