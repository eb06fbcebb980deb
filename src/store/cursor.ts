import sql, { raw, type Sql } from 'sql-template-tag'
import type { Db } from './database.ts'

const rowsAtOnce = 500

/** The rows of a statement, a page at a time, whatever their number: within a transaction, one after the other. */
export async function* pagesOf<Row extends object>(tx: Db, statement: Sql, atOnce = rowsAtOnce): AsyncGenerator<Row[]> {
  await tx.rows(sql`declare pages no scroll cursor for ${statement}`)
  for (;;) {
    const rows = await tx.rows<Row>(sql`fetch ${raw(String(atOnce))} from pages`)
    if (rows.length === 0) break
    yield rows
  }
  await tx.rows(sql`close pages`)
}
