// Gateways and readers of one organization in one process, so that one clock tells how long a report takes to its readers.
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { constants, inflateRawSync } from 'node:zlib'
import { memberHead } from '../../src/measurements/frame.ts'
import { answering } from '../answering.ts'
import { Connection, requestHead } from '../connection.ts'
import { chunkReader } from './chunks.ts'
import { openStream } from './open-stream.ts'
import { Values } from './values.ts'
import type { GatewaySeed } from './world.ts'

export interface Delaying {
  url: string
  path: string
  keys: string[]
  readers: number
  /** Each reports its sensors every second, one after the other over that time. */
  gateways: Pick<GatewaySeed, 'refs' | 'ids' | 'token'>[]
  /** Where a bare process echoes what it is sent. */
  echo: { host: string; port: number }
  ms: number
}

/**
 * In ms. `reports`: from when a report was due at its gateway to when a reader had the last byte of its block, of all reports and readers. `echoes`:
 * from when a timer was due to when the echo of what was sent then had come.
 */
export interface Delays {
  reports: number[]
  echoes: number[]
}

const warmUpMs = 2000
const drainMs = 2000
const echoEveryMs = 20
const reportEveryMs = 1000
const tryAgainMs = 250

answering<Delaying, Delays>(async (asked) => {
  const readers = await Promise.all(Array.from({ length: asked.readers }, (_, nth) => reader(asked, nth)))
  const sent = new Map<ReportName, number>()
  const stops = asked.gateways.map((_, nth) => reporting(asked, nth, sent))
  const from = performance.now() + warmUpMs
  await pause(warmUpMs)
  const stopEchoes = echoing(asked.echo)
  await pause(asked.ms)
  const echoes = stopEchoes()
  await Promise.all(stops.map((stop) => stop()))
  await pause(drainMs)
  for (const one of readers) one.close()
  return { reports: delaysOf(readers, sent, from, from + asked.ms), echoes }
})

interface Reader {
  /** When so many bytes of the body were there. */
  at: { bytes: number; time: number }[]
  chunks: Buffer[]
  close(): void
}

/** The first reader keeps what comes; all get the same bytes, for nothing is sent before all are there. */
async function reader({ url, path, keys }: Delaying, nth: number): Promise<Reader> {
  let bytes = 0
  const one: Reader = { at: [], chunks: [], close: () => {} }
  const chunks = chunkReader((chunk) => void one.chunks.push(Buffer.from(chunk)))
  const socket = await openStream(url, path, keys[nth % keys.length] as string, (body) => {
    bytes += body.length
    one.at.push({ bytes, time: performance.now() })
    if (nth === 0) chunks(body)
  })
  one.close = () => socket.destroy()
  return one
}

/** A report by what its last line has: the sensor's id, and its time. */
type ReportName = string

/** A gateway that reports every second. When each report was due goes into `sent`: waiting for the answer to the one before counts. */
function reporting(asked: Delaying, nth: number, sent: Map<ReportName, number>): () => Promise<void> {
  const { refs, ids, token } = asked.gateways[nth] as Delaying['gateways'][number]
  const values = new Values(refs, nth)
  let connection = new Connection(asked.url)
  let answered = Promise.resolve()
  let count = 0
  // As a gateway does that is told to come again: the wait is part of the delay.
  const accepted = async (head: string, body: Buffer) => {
    for (;;) {
      try {
        return await connection.send(head, body)
      } catch (error) {
        if (!/HTTP\/1.1 (429|503)/.test(String(error))) throw error
        connection.close()
        connection = new Connection(asked.url)
        await pause(tryAgainMs)
      }
    }
  }
  const report = () => {
    const body = Buffer.from(values.lines('sensorRef', Date.now()))
    const head = requestHead('POST', asked.url, `/ingest/v1/measurements?batchId=${process.pid}-${nth}-${count++}`, {
      authorization: `Bearer ${token}`,
      'content-type': 'application/x-ndjson',
      'content-length': String(body.length),
    })
    const [time = ''] = /[^"]+Z(?="[^\n]*\n$)/.exec(body.toString('latin1')) ?? []
    sent.set(`${ids.at(-1)} ${time}`, performance.now())
    answered = answered.then(() => accepted(head, body))
  }
  let timer: NodeJS.Timeout
  const begin = setTimeout(
    () => {
      timer = setInterval(report, reportEveryMs)
    },
    (reportEveryMs / asked.gateways.length) * nth,
  )
  return async () => {
    clearTimeout(begin)
    clearInterval(timer)
    await answered
    connection.close()
  }
}

/** Timers and a socket of the same machine at the same time, with nothing behind them. */
function echoing({ host, port }: Delaying['echo']): () => number[] {
  const echoes: number[] = []
  const due: number[] = []
  const socket = connect(port, host).setNoDelay(true)
  socket.on('data', (bytes) => {
    for (let nth = 0; nth < bytes.length; nth += 1) echoes.push(performance.now() - (due.shift() as number))
  })
  let at = performance.now()
  let timer: NodeJS.Timeout
  const next = () => {
    at += echoEveryMs
    timer = setTimeout(
      () => {
        due.push(at)
        socket.write('.')
        next()
      },
      Math.max(0, at - performance.now()),
    )
  }
  next()
  return () => {
    clearTimeout(timer)
    socket.destroy()
    return echoes
  }
}

/** The delays of all reports that were due from `from` to `to`, to each reader. Throws where one did not come to all. */
function delaysOf(readers: readonly Reader[], sent: ReadonlyMap<ReportName, number>, from: number, to: number): number[] {
  const delays: number[] = []
  const places = readers.map(() => 0)
  let missing = [...sent.values()].filter((time) => time >= from && time < to).length
  let bytes = 0
  for (const chunk of (readers[0] as Reader).chunks) {
    bytes += chunk.length + chunk.length.toString(16).length + 4
    const arrivals = readers.map(({ at }, nth) => {
      while (at[places[nth] as number] !== undefined && (at[places[nth] as number] as { bytes: number }).bytes < bytes)
        places[nth] = (places[nth] as number) + 1
      return at[places[nth] as number]?.time
    })
    for (const name of namesIn(chunk)) {
      const time = sent.get(name)
      if (time === undefined || time < from || time >= to) continue
      missing -= 1
      for (const arrival of arrivals) {
        if (arrival === undefined) throw new Error('A reader did not get what another one got.')
        delays.push(arrival - time)
      }
    }
  }
  if (missing !== 0) throw new Error(`${missing} reports did not come.`)
  return delays
}

/** What each line in a chunk would be called, if it were the last one of its report. */
function namesIn(chunk: Buffer): string[] {
  if (chunk.length <= memberHead.length) return []
  const text = inflateRawSync(chunk, { finishFlush: constants.Z_SYNC_FLUSH }).toString('latin1')
  return [...text.matchAll(/"sensorId":"([^"]+)","timestamp":"([^"]+)"/g)].map(([, id, time]) => `${id} ${time}`)
}
