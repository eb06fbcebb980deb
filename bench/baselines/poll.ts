// The least that an empty poll can cost: one indexed query, and the few bytes that say that nothing has changed.
import { createServer } from 'node:http'
import pg from 'pg'

const [url = '', organization = '', poolMax = ''] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: Number(poolMax) })

const server = createServer(async (_, response) => {
  const {
    rows: [feed],
  } = await pool.query({
    name: 'head',
    text: `select head from feed_head where organization_id = $1 and family = 'inventory'`,
    values: [organization],
  })
  const body = `{"inventoryObjectChanges":[],"offset":${feed.head}}`
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
})
server.listen(0, '127.0.0.1', () => console.log(`at http://127.0.0.1:${(server.address() as { port: number }).port}`))
