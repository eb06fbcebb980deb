import { connect, type Socket } from 'node:net'
import { requestHead } from '../connection.ts'

const openWithinMs = 60_000

/** Opens a stream; resolves when the head of the answer has come. `take` gets its body as it comes, chunks' sizes among it, in memory that is used again. */
export function openStream(url: string, path: string, key: string, take: (body: Buffer) => void): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const buffer = Buffer.allocUnsafe(256 * 1024)
    let head: string | undefined = ''
    const late = setTimeout(() => reject(new Error('A stream does not open.')), openWithinMs)
    const callback = (length: number) => {
      let body = buffer.subarray(0, length)
      if (head !== undefined) {
        head += body.toString('latin1')
        const end = head.indexOf('\r\n\r\n')
        if (end === -1) return true
        if (!head.startsWith('HTTP/1.1 200')) reject(new Error(`Not a stream: ${head.slice(0, 500)}`))
        body = Buffer.from(head.slice(end + 4), 'latin1')
        head = undefined
        clearTimeout(late)
        resolve(socket)
      }
      take(body)
      return true
    }
    const socket = connect({ port: Number(port), host: hostname, onread: { buffer, callback } })
    socket.on('error', reject)
    socket.write(requestHead('GET', url, path, { authorization: `Bearer ${key}`, 'accept-encoding': 'gzip' }))
  })
}
