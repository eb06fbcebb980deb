// What a replay costs where measurements are rows: read in the order of their times, made JSON, compressed.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createGzip } from 'node:zlib'
import pg from 'pg'

const [url = '', table = '', poolMax = ''] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: Number(poolMax) })
const read = async (after: number) =>
  (
    await pool.query<{ id: string; sensorId: string; timestamp: Date; numericValue: number }>({
      name: 'rows',
      text: `select id, sensor as "sensorId", at as "timestamp", value as "numericValue" from ${table} where id > $1 order by id limit 10000`,
      values: [after],
    })
  ).rows

const server = createServer(async (_, response) => {
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' })
  const gzip = createGzip({ level: 1 })
  gzip.pipe(response)
  for (let next = read(0); ; ) {
    const rows = await next
    if (rows.length === 0) break
    next = read(Number(rows.at(-1)?.id))
    let lines = ''
    for (const { id: _, ...line } of rows) lines += `${JSON.stringify(line)}\n`
    if (!gzip.write(lines)) await once(gzip, 'drain')
  }
  gzip.end()
})
server.listen(0, '127.0.0.1', () => console.log(`at http://127.0.0.1:${(server.address() as { port: number }).port}`))
