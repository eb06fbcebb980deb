import { expect, test, vi } from 'vitest'
import { Door } from './support/door.ts'
import { endWithin } from './support/own-process.ts'
import { newPlace, startServerProcess } from './support/server-process.ts'

interface History {
  accesses: { requests: number }[]
  gaps: { from: string; to?: string }[]
}

test('a server that is killed loses no access that was told, and the history marks from when to when some may be missing', async () => {
  const place = await newPlace()
  const start = () => startServerProcess([...place.flags, '--log-level', 'error'], place.env)
  let server = await start()
  try {
    const door = new Door(server.url, place.dataDir)
    const customer = await door.customer('North Bakery')
    const { secret } = await door.key(customer.portal, 'own')
    const { token } = await customer.portal.send<{ token: string }>('POST', '/access-tokens', {
      name: 'History',
      role: 'viewer',
      expiresInDays: 1,
    })
    const poll = () =>
      fetch(`${server.url}/rest/v1/organizations/${customer.id}/alarms`, { headers: { authorization: `Bearer ${secret}` } })
    const history = async () => {
      const answer = await fetch(`${server.url}/api/v1/accesses`, { headers: { authorization: `Bearer ${token}` } })
      return (await answer.json()) as History
    }
    const requests = ({ accesses }: History) => accesses.reduce((sum, one) => sum + one.requests, 0)

    for (let nth = 0; nth < 5; nth += 1) expect((await poll()).status).toBe(200)
    await vi.waitFor(async () => expect(requests(await history())).toBe(5), { timeout: 5_000, interval: 100 })
    const killedAt = Date.now()
    server.signal('SIGKILL')
    await endWithin(server)
    server = await start()
    const startedAt = Date.now()
    // Until then it might be another process that goes on.
    const gaps = await vi.waitFor(
      async () => {
        const found = await history()
        expect(requests(found)).toBe(5)
        expect(found.gaps).toHaveLength(1)
        return found.gaps
      },
      { timeout: 30_000, interval: 250 },
    )
    const [{ from, to } = { from: '' }] = gaps
    expect(Date.parse(from)).toBeGreaterThan(killedAt - 6_000)
    expect(Date.parse(from)).toBeLessThanOrEqual(killedAt)
    expect(Date.parse(to as string)).toBeLessThanOrEqual(startedAt)
    expect(Date.parse(to as string)).toBeGreaterThanOrEqual(killedAt)

    // Stopped properly, what was not yet written is, and there is no other gap.
    await poll()
    server.signal('SIGTERM')
    expect(await endWithin(server)).toBe(0)
    server = await start()
    expect(await history()).toMatchObject({ gaps })
    expect(requests(await history())).toBe(6)
  } finally {
    server.signal('SIGKILL')
    await server.ended
    await place.remove()
  }
})
