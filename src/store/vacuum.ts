import sql from 'sql-template-tag'
import type { Db } from './database.ts'

/** Frees what deleted and replaced rows left in all tables, and counts the rest for the planner. */
export async function vacuumTables(system: Db): Promise<void> {
  await system.rows(sql`vacuum (analyze)`)
}
