import { Agent, request } from 'node:http'
import { createGunzip } from 'node:zlib'

/** A stream of measurements read for the numbers in it alone: two hundred of them cost next to nothing. */
export interface ValueStream {
  status: number
  answeredAt: number
  values: number[]
  /** Resolves when it is over: whether properly. */
  ended: Promise<boolean>
  close(): void
}

const number = /"numericValue":(\d+)[^\n]*\n/g

/** Opens a stream with a key. Resolves with its head; what is no 200 has no values. */
export function openValues(url: string, key: string, agent?: Agent): Promise<ValueStream> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, 'accept-encoding': 'gzip' }
    const asked = request(url, { headers, agent: agent ?? new Agent({ keepAlive: false }) })
    asked.on('error', reject)
    asked.on('response', (answer) => {
      const end = Promise.withResolvers<boolean>()
      const stream: ValueStream = {
        status: answer.statusCode as number,
        answeredAt: performance.now(),
        values: [],
        ended: end.promise,
        close: () => void asked.destroy(),
      }
      resolve(stream)
      if (stream.status !== 200) {
        answer.resume()
        answer.on('close', () => end.resolve(answer.complete))
        return
      }
      let rest = ''
      const plain = answer.pipe(createGunzip())
      plain.on('data', (chunk: Buffer) => {
        const text = rest + chunk.toString('latin1')
        const whole = text.lastIndexOf('\n') + 1
        for (const [, value] of text.slice(0, whole).matchAll(number)) stream.values.push(Number(value))
        rest = text.slice(whole)
      })
      plain.on('end', () => end.resolve(answer.complete && rest === ''))
      plain.on('error', () => end.resolve(false))
      answer.on('error', () => end.resolve(false))
      answer.on('close', () => {
        if (!answer.complete) end.resolve(false)
      })
    })
    asked.end()
  })
}
