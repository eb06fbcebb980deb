import { AsyncLocalStorage } from 'node:async_hooks'
import type { Database, PoolClientLike, PoolLike, Transaction } from '../store/database.ts'

/**
 * The pool that the accounts library is given. Within `inTransaction` all that it asks is part of that transaction, so that what
 * it writes, what we write beside it and the record of acts commit together (I11), and no hook of it can wait for a connection that
 * its own call holds. Elsewhere it works on connections of its own.
 */
export interface LibraryPool {
  pool: PoolLike
  inTransaction<Result>(tx: Transaction, work: () => Promise<Result>): Promise<Result>
}

export function libraryPool(db: Database): LibraryPool {
  const current = new AsyncLocalStorage<Transaction>()
  return {
    pool: {
      connect: async () => {
        const tx = current.getStore()
        return tx === undefined ? db.accountsPool.connect() : nested(tx)
      },
      end: () => db.accountsPool.end(),
    },
    inTransaction: (tx, work) => current.run(tx, work),
  }
}

/** The library's own transaction becomes a savepoint of ours: its commit must not end what it is a part of. */
function nested(tx: Transaction): PoolClientLike {
  const part: Record<string, string> = {
    begin: 'savepoint library',
    commit: 'release savepoint library',
    rollback: 'rollback to savepoint library',
  }
  return {
    query: (text, values) => tx.query(part[text.trim().toLowerCase()] ?? text, values),
    release: () => {},
  }
}
