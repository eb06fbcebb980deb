import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deviceDataApi } from '../src/api/device-data.ts'
import { ingestApi } from '../src/api/ingest.ts'
import { managementApi } from '../src/api/management-api.ts'
import { buildServer } from '../src/http/server.ts'
import { checkAnswer, operations, pathOf } from './support/contract.ts'
import { Connections, Door } from './support/door.ts'
import { startServer, type TestServer } from './support/server.ts'
import { offsetOfNobody } from './support/stream-requests.ts'

let server: TestServer
const lines = new Connections(2)
beforeAll(async () => {
  server = await startServer()
})
afterAll(async () => {
  lines.close()
  await server.close()
})

describe('the device-data API', () => {
  test('has every route of the server below /rest/v1 in its document', async () => {
    const routes: string[] = []
    // As main.ts puts a server together; it never listens.
    const unheard = buildServer(server.context)
    unheard.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) if (url.startsWith('/rest/v1') && one !== 'HEAD') routes.push(`${one} ${url}`)
    })
    deviceDataApi(unheard, server.context)
    managementApi(unheard, server.context)
    ingestApi(unheard, server.context)
    await unheard.ready()
    const none = ['/rest/v1', '/rest/v1/*'].map((path) => `GET ${path}`)
    const documented = operations.map(({ method, path }) => `${method} /rest/v1${path.replaceAll(/\{(\w+)\}/g, ':$1')}`)
    expect(routes.sort()).toEqual([...documented, ...none].sort())
  })

  test('answers a statement that fails with the 500 of its document, and tells nothing of the inside', async () => {
    const door = new Door(server.url, server.dataDir)
    const customer = await door.customer('Unlucky Works')
    const key = await door.key(customer.portal, 'own')
    const authorization = `Bearer ${key.secret}`
    // The fault is planted where each statement reads: by its name, which a view of another name does not answer to.
    const views = await server.database.system.rows<{ name: string }>(
      sql`select viewname as "name" from pg_views where schemaname = 'public' and (viewname like 'covered%' or viewname = 'coverage')`,
    )
    expect(views.length).toBeGreaterThan(8)
    const planted = views.map(({ name }) => `alter view ${name} rename to "broken ${name}";`).join('\n')
    // The server's jobs hold some of the views while they want others: whoever PostgreSQL then ends tries again.
    await expect
      .poll(() => server.database.script(planted).catch((error: { code?: string }) => error.code ?? error))
      .toBeUndefined()

    for (const operation of operations) {
      const path = pathOf(operation, { organizationId: customer.id, deviceId: 'any', offset: 1 })
      const query =
        operation.operationId === 'replayMeasurements' ? `?fromOffset=${offsetOfNobody}&toOffset=${offsetOfNobody}` : ''
      const url = `${server.url}/rest/v1${path}${query}`
      const { status, headers, text } = operation.isStream
        ? await lines.head(url, { authorization, 'accept-encoding': 'gzip' })
        : await lines.send(operation.method, url, { authorization })
      expect([operation.operationId, status]).toEqual([operation.operationId, 500])
      checkAnswer(operation.operationId, status, headers, text)
      expect(text).not.toMatch(/broken|covered|coverage|relation|postgres|select/i)
      expect(JSON.parse(text)).toMatchObject({ status: 500, requestId: headers['x-request-id'] })
    }
  })
})
