import type { Sql } from 'sql-template-tag'
import type { TestServer } from './server.ts'

/** Keeps what a statement locks, until it is let go. */
export async function held({ database }: TestServer, lock: Sql): Promise<() => Promise<void>> {
  const [locked, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const over = database.transaction('system', { kind: 'system' }, async (tx) => {
    await tx.rows(lock)
    locked.resolve()
    await end.promise
  })
  await Promise.race([locked.promise, over])
  return () => {
    end.resolve()
    return over
  }
}
