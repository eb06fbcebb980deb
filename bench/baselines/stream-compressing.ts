// What delivering costs where each reader has a compression of his own: the same lines, flushed as they fall due.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { constants, createGzip, type Gzip, inflateRawSync } from 'node:zlib'

const [blocksFile = '', everyMs = '', atOnce = ''] = process.argv.slice(2)
const texts = (JSON.parse(readFileSync(blocksFile, 'utf8')) as { base64: string }[]).map(({ base64 }) =>
  inflateRawSync(Buffer.from(base64, 'base64'), { finishFlush: constants.Z_SYNC_FLUSH }),
)
/** A reader's compression, and whether it is done with the last block: where the machine is too slow, readers get fewer. */
const readers = new Map<Gzip, { isFree: boolean }>()

const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' })
  response.flushHeaders()
  const gzip = createGzip({ level: 1 })
  gzip.pipe(response)
  readers.set(gzip, { isFree: true })
  response.on('close', () => {
    readers.delete(gzip)
    gzip.destroy()
  })
})
let next = 0
setInterval(() => {
  const due = Array.from({ length: Number(atOnce) }, () => texts[next++ % texts.length] as Buffer)
  for (const [gzip, reader] of readers) {
    if (!reader.isFree) continue
    reader.isFree = false
    for (const text of due) gzip.write(text)
    gzip.flush(constants.Z_SYNC_FLUSH, () => {
      reader.isFree = true
    })
  }
}, Number(everyMs))
server.listen(0, '127.0.0.1', () => console.log(`at http://127.0.0.1:${(server.address() as { port: number }).port}`))
