// The least that delivering can cost: blocks that are held ready, written to every reader as they fall due.
import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { memberHead } from '../../src/measurements/frame.ts'

const [blocksFile = '', everyMs = '', atOnce = ''] = process.argv.slice(2)
const blocks = (JSON.parse(readFileSync(blocksFile, 'utf8')) as { base64: string }[]).map(({ base64 }) =>
  Buffer.from(base64, 'base64'),
)
const readers = new Set<ServerResponse>()

const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' })
  response.write(memberHead)
  readers.add(response)
  response.on('close', () => readers.delete(response))
})
let next = 0
setInterval(() => {
  const due = Array.from({ length: Number(atOnce) }, () => blocks[next++ % blocks.length] as Buffer)
  for (const reader of readers) for (const block of due) reader.write(block)
}, Number(everyMs))
server.listen(0, '127.0.0.1', () => console.log(`at http://127.0.0.1:${(server.address() as { port: number }).port}`))
