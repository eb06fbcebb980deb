// The least that a replay can cost: the same blocks by the same kind of statement, written as the socket takes them.
import { once } from 'node:events'
import { createServer } from 'node:http'
import pg from 'pg'
import { crcOfBoth, crcShift } from '../../src/measurements/crc32.ts'
import { memberEnd, memberHead } from '../../src/measurements/frame.ts'

const [url = '', code = '', poolMax = ''] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: Number(poolMax) })
const read = async (after: number) =>
  (
    await pool.query<{ seq: string; crc32: number; rawLength: number; block: Buffer }>({
      name: 'blocks',
      text: `select seq, extract(epoch from accepted_at)::float8 as "acceptedAt", lines, raw_length as "rawLength", crc32, block
               from measurement_block where code = $1 and seq > $2 and seq <= $3 order by seq limit 64`,
      values: [code, after, 1e9],
    })
  ).rows

const server = createServer(async (_, response) => {
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' })
  response.write(memberHead)
  let [crc, length] = [0, 0]
  for (let next = read(1); ; ) {
    const blocks = await next
    if (blocks.length === 0) break
    next = read(Number(blocks.at(-1)?.seq))
    for (const { block, crc32, rawLength } of blocks) {
      crc = crcOfBoth(crc, crc32, crcShift(rawLength))
      length += rawLength
      if (!response.write(block)) await once(response, 'drain')
    }
  }
  response.end(memberEnd(crc, length))
})
server.listen(0, '127.0.0.1', () => console.log(`at http://127.0.0.1:${(server.address() as { port: number }).port}`))
