import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'

/** A line to a server as the network is: its address stays while the server moves, and it can be cut at any moment. */
export interface CutLine {
  url: string
  /** Leads to this address (a URL, or the path of a unix socket) from now on; null: nowhere, and who comes is sent away. */
  leadTo(url: string | null): void
  /** Cuts all connections. How many there were. */
  cut(): number
  close(): Promise<void>
}

export async function startCutLine(url: string | null = null): Promise<CutLine> {
  let target = url
  const open = new Set<Socket>()
  const server = createServer((near) => {
    if (target === null) {
      near.destroy()
      return
    }
    const far = target.startsWith('/') ? connect(target) : connect(Number(new URL(target).port), '127.0.0.1')
    open.add(near)
    const leave = () => {
      open.delete(near)
      near.destroy()
      far.destroy()
    }
    near.on('error', leave).on('close', leave)
    far.on('error', leave)
    // What the server sent before it closed is still on its way.
    far.on('end', () => near.end())
    near.pipe(far)
    far.pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    const count = open.size
    for (const socket of open) socket.destroy()
    return count
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo: (next) => {
      target = next
    },
    cut,
    close: async () => {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
