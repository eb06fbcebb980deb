// The least that sends signed webhooks: node:http with connections that are kept, nothing asked, nothing written down.
import { createHmac, randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { answering } from '../answering.ts'

/** How many requests to send where, on how many connections. */
export interface Sent {
  url: string
  connections: number
  count: number
  body: string
}

const secret = randomBytes(32)

answering(async ({ url, connections, count, body }: Sent) => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const send = (nth: number) =>
    new Promise<void>((resolve, reject) => {
      const [id, at] = [`msg_${nth}`, Math.floor(Date.now() / 1000)]
      const signature = `v1,${createHmac('sha256', secret).update(`${id}.${at}.${body}`).digest('base64')}`
      const headers = { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature }
      const sending = request(
        url,
        { method: 'POST', agent, headers: { 'content-type': 'application/json', ...headers } },
        (got) => got.resume().once('end', resolve),
      )
      sending.once('error', reject)
      sending.end(body)
    })
  let next = 0
  const one = async () => {
    while (next < count) await send(next++)
  }
  await Promise.all(Array.from({ length: connections }, one))
  agent.destroy()
  return count
})
