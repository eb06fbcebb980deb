/** Takes HTTP's chunked coding (RFC 9112, section 7.1) off a body that comes in pieces: gives each chunk whole. */
export function chunkReader(chunk: (bytes: Buffer) => void): (body: Buffer) => void {
  let rest = Buffer.alloc(0)
  return (body) => {
    rest = Buffer.concat([rest, body])
    for (;;) {
      const end = rest.indexOf('\r\n')
      if (end === -1) return
      const size = Number.parseInt(rest.toString('latin1', 0, end), 16)
      if (rest.length < end + 2 + size + 2) return
      chunk(rest.subarray(end + 2, end + 2 + size))
      rest = rest.subarray(end + 4 + size)
    }
  }
}
