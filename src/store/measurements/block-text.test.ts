import { randomBytes } from 'node:crypto'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer, type TestServer } from '../../../test/support/server.ts'
import { BlockText, blockText } from './block-text.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

test('a block of any length is decoded into the place that is kept for it, and nothing beside it', async () => {
  const blocks = Array.from({ length: 400 }, (_, length) => randomBytes(length))
  const rows = await server.database.request.rows<{ text: string }>(sql`
    select ${blockText} as text
      from unnest(${blocks.map((block) => block.toString('hex'))}::text[]) with ordinality h (hex, n)
     cross join lateral (select decode(h.hex, 'hex') as block) x
     order by h.n`)
  for (const [nth, block] of blocks.entries()) {
    const text = new BlockText(rows[nth]?.text ?? '')
    const around = Buffer.alloc(block.length + 8, 0xee)
    text.copyTo(around, 4)
    expect([text.length, around.toString('hex')]).toEqual([block.length, `eeeeeeee${block.toString('hex')}eeeeeeee`])
  }
})
