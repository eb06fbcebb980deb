import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { crcOfBoth } from './crc32.ts'
import { asChunk, type Frame, memberEnd, memberHead } from './frame.ts'

/** A reader that has not taken this much yet, beside what the system keeps for it, has fallen behind. */
export const backlogBytesMax = 256 * 1024
/** How long a reader's socket may stand without taking anything, and how long an ended one has to take the end. */
export const drainWithinMs = 5_000

/** Between two looks at a reader lies no more, unless this process was held up. */
const lookedWithinMs = 600

const lastChunk = Buffer.from('0\r\n\r\n', 'latin1')

/**
 * One response: one gzip member (contract, section 5), of frames that others get too. Its end is written whenever we end it, so that the
 * reader gets every line that it was sent.
 */
export class StreamResponse {
  readonly #response: ServerResponse
  readonly #chunked: boolean
  #crc32 = 0
  #length = 0
  /** Bytes that were written; how many of them the system had taken when that was last looked at; for how long it has taken none. */
  #sent = 0
  #lines = 0
  #taken = 0
  #standsMs = 0
  #lookedAt = performance.now()
  #onDrain: () => void = () => {}
  #ended = false

  /** Sends the head and the member's head at once. */
  constructor(response: ServerResponse, headers: Record<string, string | number | string[] | undefined>) {
    this.#response = response
    response.writeHead(200, headers as Record<string, string>)
    response.flushHeaders()
    // Frames come with their chunk around them: node must not put another one on (and HTTP/1.0 has none).
    this.#chunked = response.chunkedEncoding
    response.chunkedEncoding = false
    response.socket?.setNoDelay(true)
    if (response.socket) this.#drainsOf(response.socket)
    else response.once('socket', (socket: Socket) => this.#drainsOf(socket))
    this.#write(this.#chunked ? asChunk(memberHead) : memberHead)
  }

  /** What was sent so far, as bytes of the response and as lines of measurements. */
  get sentBytes(): number {
    return this.#sent
  }

  get sentLines(): number {
    return this.#lines
  }

  get isEnded(): boolean {
    return this.#ended
  }

  /** Whether the connection is gone, or the end was taken. */
  get isOver(): boolean {
    return this.#response.destroyed || this.#response.writableFinished
  }

  /** Resolves when nothing more can be written: the reader has all, or is gone. */
  get closed(): Promise<void> {
    if (this.isOver) return Promise.resolve()
    return new Promise((resolve) => this.#response.once('close', resolve))
  }

  /** Bytes that wait in this process. */
  get backlogBytes(): number {
    return this.#response.writableLength
  }

  /** Sends a frame, unless it has ended. False: the socket did not take all of it, and 'drain' will come. */
  send(frame: Frame): boolean {
    if (this.#ended) return true
    this.#crc32 = crcOfBoth(this.#crc32, frame.crc32, frame.shift)
    this.#length += frame.rawLength
    this.#lines += frame.lines
    return this.#write(this.#chunked ? frame.chunk : frame.bytes)
  }

  /** Whether a reader takes too little, at the moment `now` (ms of a clock that only rises). To be asked again and again. */
  isSlow(now: number): boolean {
    const backlog = this.backlogBytes
    if (backlog > backlogBytesMax) return true
    const taken = this.#sent - backlog
    if (backlog === 0 || taken !== this.#taken) {
      this.#taken = taken
      this.#standsMs = 0
    } else {
      // A pause of this process is not the reader's: it could not give the socket anything either.
      this.#standsMs += Math.min(now - this.#lookedAt, lookedWithinMs)
    }
    this.#lookedAt = now
    return this.#standsMs > drainWithinMs
  }

  /** Resolves when the socket takes more; when it is gone; or when it has taken nothing for `drainWithinMs`, and so is slow. */
  async drained(): Promise<void> {
    while (this.#needsDrain && !this.isOver && !this.isSlow(performance.now())) {
      await new Promise<void>((resolve) => {
        const late = setTimeout(resolve, drainWithinMs / 10)
        this.#onDrain = () => {
          clearTimeout(late)
          resolve()
        }
      })
    }
  }

  /** Ends the member and the response properly. Where the socket does not take the end in time, it is destroyed. */
  end(): void {
    if (this.#ended) return
    this.#ended = true
    if (this.#response.destroyed) return
    const end = memberEnd(this.#crc32, this.#length)
    this.#write(this.#chunked ? Buffer.concat([asChunk(end), lastChunk]) : end)
    this.#response.end()
    const late = setTimeout(() => this.#response.destroy(), drainWithinMs)
    this.#response.once('close', () => clearTimeout(late))
  }

  /**
   * What the response has is on its socket already, and its chunks are ours: so it goes to the socket as it is, which costs a third less than
   * going through node's response. Behind another response on its connection (HTTP pipelining) there is no socket yet.
   */
  #write(bytes: Buffer): boolean {
    const { socket } = this.#response
    this.#sent += bytes.length
    return socket === null ? this.#response.write(bytes) : socket.write(bytes)
  }

  get #needsDrain(): boolean {
    return (this.#response.socket ?? this.#response).writableNeedDrain
  }

  /** Node tells a response of a drain only where it was written through it. */
  #drainsOf(socket: Socket): void {
    const drained = () => this.#onDrain()
    socket.on('drain', drained)
    this.#response.once('close', () => {
      socket.off('drain', drained)
      this.#onDrain()
    })
  }
}
