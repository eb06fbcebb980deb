// The least that a repeated list can cost: one indexed query, then bytes that are held ready.
import { createServer } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import pg from 'pg'
import { listGzipLevel } from '../../src/http/list-bodies.ts'

const [url = '', organization = '', poolMax = ''] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: Number(poolMax) })

const {
  rows: [list],
} = await pool.query(
  `select '{"inventoryObjects":[' || string_agg(json, ',' order by kind desc, changed_offset) || '],"offset":' || max(changed_offset) || '}' as body
     from inventory_object where organization_id = $1 and removed_at is null`,
  [organization],
)
const body = await promisify(gzip)(list.body, { level: listGzipLevel })

const server = createServer(async (_, response) => {
  await pool.query({
    name: 'head',
    text: `select head from feed_head where organization_id = $1 and family = 'inventory'`,
    values: [organization],
  })
  response
    .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip', 'content-length': body.length })
    .end(body)
})
server.listen(0, '127.0.0.1', () => console.log(`at http://127.0.0.1:${(server.address() as { port: number }).port}`))
