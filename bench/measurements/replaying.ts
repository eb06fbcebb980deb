// Replays a log again and again, in a process of its own, and throws it away.
import { connect } from 'node:net'
import { answering } from '../answering.ts'
import { requestHead } from '../connection.ts'

export interface Replaying {
  url: string
  path: string
  key: string
  ms: number
}

/** Whole replays a second, one after the other. */
answering(async ({ url, path, key, ms }: Replaying) => {
  const begun = performance.now()
  let count = 0
  for (; performance.now() - begun < ms; count += 1) await replayed(url, path, key)
  return count / ((performance.now() - begun) / 1000)
})

const lastChunk = '\r\n0\r\n\r\n'

/** Resolves with the end of the response. Throws where it is none, or is cut off. */
function replayed(url: string, path: string, key: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const buffer = Buffer.allocUnsafe(1024 * 1024)
    let begin: string | undefined
    let end = ''
    const take = (length: number) => {
      begin ??= buffer.toString('latin1', 0, Math.min(length, 1000))
      if (!begin.startsWith('HTTP/1.1 200')) reject(new Error(`Not a replay: ${begin}`))
      end = (end + buffer.toString('latin1', Math.max(0, length - lastChunk.length), length)).slice(-lastChunk.length)
      if (end !== lastChunk) return true
      socket.destroy()
      resolve()
      return true
    }
    const socket = connect({ port: Number(port), host: hostname, onread: { buffer, callback: take } })
    socket.on('close', () => reject(new Error('A replay was cut off.')))
    socket.write(requestHead('GET', url, path, { authorization: `Bearer ${key}`, 'accept-encoding': 'gzip' }))
  })
}
