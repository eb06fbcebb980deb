// Gateways that send reports of measurements, in a process of its own. Their bodies are made before, so that sending costs next to nothing.
import { gzipSync } from 'node:zlib'
import { answering } from '../answering.ts'
import { Connection, requestHead } from '../connection.ts'
import { Values } from './values.ts'
import type { GatewaySeed } from './world.ts'

export type Sending =
  /** Makes reports of `lines` lines for each gateway, of all of its sensors again and again, as compressed as gateways send them. */
  | { prepare: { url: string; gateways: Pick<GatewaySeed, 'refs' | 'token'>[]; lines: number; plain?: boolean } }
  /** Sends on so many connections, the gateways in turn, for so long. */
  | { run: { connections: number; ms: number } }

const bodiesEach = 4
const secondMs = 1000

let url = ''
let senders: { head: (batchId: string, body: Buffer) => string; bodies: Buffer[] }[] = []
let lines = 0
let batches = 0

/** Lines acknowledged a second; of preparing, how many bodies there are. */
answering<Sending, number>(async (sending) => {
  if ('run' in sending) return run(sending.run)
  const { prepare } = sending
  url = prepare.url
  lines = prepare.lines
  senders = prepare.gateways.map((gateway, nth) => {
    const values = new Values(gateway.refs, nth)
    const headers = {
      authorization: `Bearer ${gateway.token}`,
      'content-type': 'application/x-ndjson',
      ...(prepare.plain ? {} : { 'content-encoding': 'gzip' }),
    }
    return {
      head: (batchId, body) =>
        requestHead('POST', url, `/ingest/v1/measurements?batchId=${batchId}`, {
          ...headers,
          'content-length': String(body.length),
        }),
      bodies: Array.from({ length: bodiesEach }, () => {
        const rounds = Array.from({ length: lines / gateway.refs.length }, (_, round) =>
          values.lines('sensorRef', Date.now() - round * secondMs),
        )
        const text = Buffer.from(rounds.join(''))
        return prepare.plain ? text : gzipSync(text)
      }),
    }
  })
  return senders.length * bodiesEach
})

async function run({ connections, ms }: { connections: number; ms: number }): Promise<number> {
  const begun = performance.now()
  const counts = await Promise.all(
    Array.from({ length: connections }, async (_, nth) => {
      const connection = new Connection(url)
      let count = 0
      // Each connection has gateways of its own, or shares one with another: the server takes two requests of one at once.
      for (let place = nth; performance.now() - begun < ms; count += lines, place += connections) {
        const sender = senders[place % senders.length] as (typeof senders)[number]
        const body = sender.bodies[batches++ % bodiesEach] as Buffer
        await connection.send(sender.head(`${process.pid}-${batches}`, body), body)
      }
      connection.close()
      return count
    }),
  )
  return counts.reduce((sum, count) => sum + count) / ((performance.now() - begun) / 1000)
}
