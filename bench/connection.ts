import { connect, type Socket } from 'node:net'

/**
 * One kept-alive connection that sends requests one after the other, and reads their answers without looking into their bodies. On two cores
 * the client takes its share from the server, so it must cost next to nothing: node:http's own costs as much as a server.
 */
export class Connection {
  readonly #socket: Socket
  #rest = 0
  #head = ''
  #answered: (() => void) | undefined
  #failed: ((error: Error) => void) | undefined

  constructor(url: string) {
    const { hostname, port } = new URL(url)
    this.#socket = connect(Number(port), hostname).setNoDelay(true)
    this.#socket.on('data', (chunk) => this.#read(chunk))
    this.#socket.on('error', (error) => this.#failed?.(error))
    this.#socket.on('close', () => this.#failed?.(new Error('The server closed the connection.')))
  }

  /** Sends a request (requestHead) and its body; resolves when its answer has come whole. Throws where it is not a 200 with a Content-Length. */
  send(head: string, body?: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#answered = resolve
      this.#failed = reject
      this.#socket.cork()
      this.#socket.write(head)
      if (body !== undefined) this.#socket.write(body)
      this.#socket.uncork()
    })
  }

  close(): void {
    this.#failed = undefined
    this.#socket.destroy()
  }

  #read(chunk: Buffer): void {
    if (this.#rest > 0) {
      this.#rest -= chunk.length
    } else {
      this.#head += chunk.toString('latin1')
      const end = this.#head.indexOf('\r\n\r\n')
      if (end === -1) return
      const length = /\r\ncontent-length: *(\d+)/i.exec(this.#head)?.[1]
      if (!this.#head.startsWith('HTTP/1.1 200') || length === undefined) {
        this.#failed?.(new Error(`Not an answer to measure: ${this.#head.slice(0, 500)}`))
        return
      }
      this.#rest = Number(length) - (this.#head.length - end - 4)
      this.#head = ''
    }
    if (this.#rest === 0) this.#answered?.()
  }
}

/** The head of a request: its first line's method and path, and its headers. */
export function requestHead(method: 'GET' | 'POST', url: string, path: string, headers: Record<string, string>): string {
  const lines = Object.entries({ host: new URL(url).host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`
}
