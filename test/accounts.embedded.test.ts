import { afterAll, beforeAll, expect, test } from 'vitest'
import { managementOperations } from '../src/api/management.ts'
import { accountRequests } from './support/account-requests.ts'
import { Door } from './support/door.ts'
import { startServer, type TestServer } from './support/server.ts'

/** Far more than any takes on a busy machine, and far less than waiting for oneself, which never ends. */
const boundMs = 60_000

let server: TestServer
beforeAll(async () => {
  server = await startServer({ engine: 'embedded', flags: ['--rate-limit-factor', '1000000'] })
})
afterAll(() => server.close())

test('no call and no hook of the accounts library waits for itself on the one connection, all of them asked at once', async () => {
  const door = new Door(server.url, server.dataDir)
  const customer = await door.customer('North Bakery')
  const partner = await door.partner('A Partner')
  const asked = Object.entries(accountRequests(door, server)).map(async ([operationId, request]) => {
    const operation = managementOperations.find((one) => one.operationId === operationId)
    const portal = await door.account(customer.id)
    const { params = {}, body, cookie } = await request({ kind: 'customer', portal, customer, partner })
    const own = portal.step('GET', '/session')
    const headers = { ...('request' in own ? own.request.headers : {}), 'content-type': 'application/json' } as Record<
      string,
      string
    >
    const answer = await fetch(
      `${server.url}/api/v1${operation?.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] as string)}`,
      {
        method: operation?.method ?? 'GET',
        headers: { ...headers, cookie: [headers.cookie, cookie].filter(Boolean).join('; ') },
        ...(operation?.method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
        signal: AbortSignal.timeout(boundMs),
      },
    )
    return [operationId, answer.ok ? 'ok' : `${answer.status} ${await answer.text()}`]
  })
  const answered = await Promise.all(asked)
  expect(answered).toEqual(answered.map(([operationId]) => [operationId, 'ok']))
  expect(answered.length).toBeGreaterThan(20)
})
