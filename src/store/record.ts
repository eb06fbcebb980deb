import sql, { type Sql } from 'sql-template-tag'
import type { Actor, Db } from './database.ts'

/** Names the actor for the rest of the transaction: the triggers of the record of acts read it (0005-record.sql, I11). */
export function actorSetting(actor: Actor): Sql {
  return sql`select set_config('assent.actor', ${JSON.stringify(actor)}, true)`
}

/** Writes the acts of all that the transaction has done now, rather than at its commit: it holds the record's head row from here on. */
export async function writeActs(tx: Db): Promise<void> {
  await tx.rows(sql`set constraints all immediate`)
  await tx.rows(sql`set constraints all deferred`)
}
