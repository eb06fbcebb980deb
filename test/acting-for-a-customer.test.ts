import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { access } from '../src/api/access.ts'
import { isForPersons } from '../src/http/management.ts'
import { bearer, type Caller, sessionOf } from './support/access-scene.ts'
import { operationsIn } from './support/documented.ts'
import { Connections, Door } from './support/door.ts'
import { managementRequests, type Owner, type Parts } from './support/management-requests.ts'
import { type Table, tablesUnder } from './support/matrix.ts'
import { startServer, type TestServer } from './support/server.ts'

const [matrix] = tablesUnder(readFileSync('test/access-matrix.md', 'utf8'), 'Acting for a customer') as [Table]
const documented = operationsIn('openapi/management.json')
const isNamed = (operationId: string) => matrix.rows.some(({ operation }) => operation === operationId)

let server: TestServer
let door: Door
let owner: Owner
let actors: Record<string, Caller>
const lines = new Connections(8)

beforeAll(async () => {
  server = await startServer({ flags: ['--rate-limit-factor', '1000000'] })
  door = new Door(server.url, server.dataDir)
  const partner = await door.partner('Partner')
  const [granting, ended] = [await door.customer('Granting', partner), await door.customer('Ended', partner)]
  const [never, another] = [await door.customer('Never', partner), await door.customer('Another')]
  for (const { portal, partnershipId } of [granting, ended])
    await portal.send('PUT', `/partnerships/${partnershipId}/administrator-access`)
  await ended.portal.send('DELETE', `/partnerships/${ended.partnershipId}/administrator-access`)
  const program = { name: 'Program', role: 'administrator', expiresInDays: 1 }
  const { token } = await partner.portal.send<{ token: string }>('POST', '/access-tokens', program)
  const { companies } = await door.vendor<{ companies: { id: string; kind: string }[] }>('GET', '/companies')
  const vendor = await door.account(companies.find(({ kind }) => kind === 'vendor')?.id as string)

  const naming = ({ headers }: Caller, id: string): Caller => ({ headers: { ...headers, 'assent-company': id } })
  const administrator = sessionOf(partner.portal)
  owner = { kind: 'customer', portal: granting.portal, customer: granting, partner }
  actors = {
    granted: naming(administrator, granting.id),
    'not granted': naming(administrator, never.id),
    ended: naming(administrator, ended.id),
    'no such company': naming(administrator, 'not-there'),
    'granted, viewer': naming(sessionOf(await door.account(partner.id, 'viewer')), granting.id),
    'granted, token': naming(bearer(token), granting.id),
    vendor: naming(sessionOf(vendor), granting.id),
    'another customer': naming(sessionOf(another.portal), granting.id),
  }
})
afterAll(async () => {
  lines.close()
  await server.close()
})

/** The status of an operation that names objects of the customer which has granted access. */
async function ask(operationId: string, { headers }: Caller): Promise<string> {
  const operation = documented.find((one) => one.operationId === operationId)
  if (!operation) throw new Error(`There is no ${operationId}.`)
  const requests = managementRequests(door, server)
  const { params = {}, body } = isNamed(operationId) ? await (requests[operationId] as (of: Owner) => Promise<Parts>)(owner) : {}
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? 'not-there')
  const json = body ? { 'content-type': 'application/json' } : {}
  const sent = body && Buffer.from(JSON.stringify(body))
  const { status } = await lines.send(operation.method, `${server.url}${path}`, { ...headers, ...json }, sent)
  return operation.successes.includes(status) ? '2xx' : String(status)
}

test.each(matrix.rows.map((row) => [row.operation as string, row] as const))('for a customer: %s', async (operationId, row) => {
  const actual: Record<string, string> = { operation: operationId }
  for (const [name, actor] of Object.entries(actors)) actual[name] = await ask(operationId, actor)
  expect(actual).toEqual(row)
})

test('no operation that the matrix does not name is done for a customer, whoever asks', async () => {
  const others = documented.filter(({ operationId }) => !isNamed(operationId))
  expect(others.length).toBeGreaterThan(40)
  for (const { operationId } of others) {
    for (const [name, actor] of Object.entries(actors)) {
      // A program is a stranger to what is about a session, whatever header it sends.
      const refused = name === 'granted, token' && isForPersons(access[operationId as keyof typeof access]) ? '401' : '403'
      expect([operationId, name, await ask(operationId, actor)]).toEqual([operationId, name, refused])
    }
  }
})
