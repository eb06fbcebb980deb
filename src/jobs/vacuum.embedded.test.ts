import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { startServer } from '../../test/support/server.ts'
import { vacuum } from './vacuum.ts'

test('the embedded database takes the room of deleted rows again, and knows how many rows there are', async () => {
  const server = await startServer({ engine: 'embedded' })
  try {
    const { system } = server.database
    await system.rows(sql`create table grown as select n, repeat('x', 500) as filling from generate_series(1, 5000) n`)
    const replaced = async () => {
      await system.rows(sql`update grown set n = n + 1`)
      const [row] = await system.rows<{ bytes: number; rows: number }>(sql`
        select pg_relation_size('grown') as "bytes", reltuples as "rows" from pg_class where relname = 'grown'`)
      return row as { bytes: number; rows: number }
    }
    const { bytes } = await replaced()
    await vacuum(server.context)
    expect(await replaced()).toEqual({ bytes, rows: 5000 })
  } finally {
    await server.close()
  }
})
