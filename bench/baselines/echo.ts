// The least that a way through a process can take: what comes goes back.
import { createServer } from 'node:net'

const server = createServer((socket) => {
  socket.setNoDelay(true)
  socket.on('error', () => socket.destroy())
  socket.on('data', (bytes) => socket.write(bytes))
})
server.listen(0, '127.0.0.1', () => console.log(`at http://127.0.0.1:${(server.address() as { port: number }).port}`))
