import sql, { type Sql } from 'sql-template-tag'
import type { Actor } from './database.ts'

/** Names the actor for the rest of the transaction: the triggers of the record of acts read it (0005-record.sql, I11). */
export function actorSetting(actor: Actor): Sql {
  return sql`select set_config('assent.actor', ${JSON.stringify(actor)}, true)`
}
