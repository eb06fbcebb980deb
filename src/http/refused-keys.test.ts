import { afterAll, beforeAll, expect, test } from 'vitest'
import { strange } from '../../test/support/access-scene.ts'
import { checkAnswer } from '../../test/support/contract.ts'
import { Connections, Door } from '../../test/support/door.ts'
import { startServer, type TestServer } from '../../test/support/server.ts'
import { limitsPerMinute } from './limits.ts'

let server: TestServer
const lines = new Connections(4)
beforeAll(async () => {
  server = await startServer({ flags: ['--rate-limit-factor', '0.1'] })
})
afterAll(async () => {
  lines.close()
  await server.close()
})

test('an address whose keys were refused too often gets 429 for keys that nobody has shown yet, and goes on with one that was good', async () => {
  const list = (key: string) => lines.get(`${server.url}/rest/v1/organizations`, key)
  const door = new Door(server.url, server.dataDir)
  const { portal } = await door.customer('Patient Works')
  const [known, fresh] = [await door.key(portal, 'own'), await door.key(portal, 'own')]
  expect((await list(known.secret)).status).toBe(200)

  let refused = await list(strange('ak_live_'))
  for (let sent = 1; refused.status === 401 && sent <= limitsPerMinute.refused; sent += 1)
    refused = await list(strange('ak_live_'))
  expect(refused.status).toBe(429)
  checkAnswer('listOrganizations', 429, refused.headers, refused.text)
  expect(refused.headers['retry-after']).toMatch(/^[1-9]\d*$/)
  expect(refused.headers.ratelimit).toMatch(/^"refused";r=0;/)

  expect((await list(fresh.secret)).status).toBe(429)
  expect((await list(known.secret)).status).toBe(200)
})
