import type { Context } from '../context.ts'
import { vacuumTables } from '../store/vacuum.ts'

/**
 * Vacuums the embedded database: there is no autovacuum in one process, so its tables would grow for ever, and its plans would be for the few rows that
 * there were at first. PostgreSQL has its own.
 */
export async function vacuum({ db }: Context): Promise<void> {
  if (db.engine === 'embedded') await vacuumTables(db.system)
}
