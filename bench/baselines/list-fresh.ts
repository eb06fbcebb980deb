// The least that a list can cost which has changed: the query for its text, compressed and sent.
import { createServer } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import pg from 'pg'
import { listGzipLevel } from '../../src/http/list-bodies.ts'

const [url = '', organization = '', poolMax = ''] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: Number(poolMax) })
const compress = promisify(gzip)

const server = createServer(async (_, response) => {
  const {
    rows: [list],
  } = await pool.query({
    name: 'list',
    text: `select string_agg(json, ',' order by kind desc, changed_offset) as items, max(changed_offset) as offset
             from inventory_object where organization_id = $1 and removed_at is null`,
    values: [organization],
  })
  const body = await compress(`{"inventoryObjects":[${list.items}],"offset":${list.offset}}`, { level: listGzipLevel })
  response
    .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip', 'content-length': body.length })
    .end(body)
})
server.listen(0, '127.0.0.1', () => console.log(`at http://127.0.0.1:${(server.address() as { port: number }).port}`))
