import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { roles } from '../src/domain/role.ts'
import { type Caller, sessionOf } from './support/access-scene.ts'
import { endsSession } from './support/account-requests.ts'
import { Connections, Door } from './support/door.ts'
import { tokenMailedTo } from './support/mailed.ts'
import { managementRequests, memberOf, type Owner, type Parts, vendorId } from './support/management-requests.ts'
import { type Table, tablesUnder } from './support/matrix.ts'
import { type Portal, signIn } from './support/portal-session.ts'
import { startServer, type TestServer } from './support/server.ts'

const [matrix] = tablesUnder(readFileSync('test/access-matrix.md', 'utf8'), 'Management API by role') as [Table]

interface Operation {
  operationId: string
  method: string
  path: string
  successes: number[]
}

const { paths } = JSON.parse(readFileSync('openapi/management.json', 'utf8')) as {
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>
}
const documented: Operation[] = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId, responses }]) => ({
    operationId,
    method: method.toUpperCase(),
    path,
    successes: Object.keys(responses)
      .filter((status) => status.startsWith('2'))
      .map(Number),
  })),
)

const device = { ref: 'ups', type: 'UPS', label: 'UPS' }
const sensor = { ref: 'load', deviceRef: 'ups', label: 'Load', type: 'LOAD' }
const alarm = {
  ...{ ref: 'hot', deviceRef: 'ups', label: 'Too hot', message: 'Too hot' },
  ...{ severity: 'WARNING' as const, activatedTime: '2026-03-14T09:26:53.589Z' },
}

/** What is asked about the account that asks. */
const ofOwnAccount = new Set([...endsSession, 'confirmSession', 'endSession', 'removePasskey', 'eraseOwnAccount'])

/** What a session does not outlive, or not without a company. */
const endings = [...endsSession, 'joinCompany']

let server: TestServer
let door: Door
let owners: Record<string, Owner>
/** A session of each role, by the kind of its company. */
let sessions: Record<string, Record<string, Portal>>
/** Somebody of no company. */
let outside: Portal
let companies: Record<string, string>
const lines = new Connections(8)
const mailed = (recipient: string) => tokenMailedTo(server, recipient)

beforeAll(async () => {
  server = await startServer({ flags: ['--rate-limit-factor', '1000000', '--inside-addresses', '127.0.0.1'] })
  door = new Door(server.url, server.dataDir)
  const partner = await door.partner('Partner')
  const customer = await door.customer('Customer', partner)
  const gateway = await door.gateway(customer.portal)
  await lines.batch(server.url, gateway.token, {
    batchId: 'first',
    inventory: { full: true, locations: [], devices: [device] },
    sensors: { full: true, sensors: [sensor] },
    alarms: [alarm],
  })
  companies = { vendor: await vendorId(door), partner: partner.id, customer: customer.id }
  const vendor = await door.account(companies.vendor as string)
  owners = {
    vendor: { kind: 'vendor', portal: vendor, customer, partner },
    partner: { kind: 'partner', portal: partner.portal, customer, partner },
    customer: { kind: 'customer', portal: customer.portal, customer, partner },
  }
  sessions = {}
  for (const [kind, { portal }] of Object.entries(owners)) {
    sessions[kind] = {}
    for (const role of roles) sessions[kind][role] = await memberOf(door, portal, mailed, role)
  }
  outside = await withoutCompany()
}, 300_000)
afterAll(async () => {
  lines.close()
  await server?.close()
})

/** A new person with an account, who was removed from a company. */
async function withoutCompany(): Promise<Portal> {
  const { portal } = owners.customer as Owner
  const email = `${randomBytes(6).toString('hex')}@example.com`
  const password = 'a long enough password'
  await portal.send('POST', '/invitations', { email })
  await post('/invitations/acceptance', { token: await mailed(email), name: 'Somebody', password })
  const { members } = await portal.send<{ members: { id: string; email: string }[] }>('GET', '/members')
  await portal.send('DELETE', `/members/${members.find((one) => one.email === email)?.id}`)
  return signIn(server.url, { email, password })
}

function post(path: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json', origin: server.url }
  return fetch(`${server.url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
}

async function send({ method, path, successes }: Operation, { params = {}, body, streams, cookie }: Parts, caller: Caller) {
  const headers = cookie
    ? { ...caller.headers, cookie: [caller.headers.cookie, cookie].filter(Boolean).join('; ') }
    : caller.headers
  const url = `${server.url}${path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] as string)}`
  const json = body ? { 'content-type': 'application/json' } : {}
  const { status } = streams
    ? await lines.head(url, { 'accept-encoding': 'gzip', ...headers })
    : await lines.send(method, url, { ...headers, ...json }, body && Buffer.from(JSON.stringify(body)))
  return successes.includes(status) ? '2xx' : String(status)
}

test('every operation of the document is in the matrix by role', () => {
  expect(matrix.columns.slice(2)).toEqual(['no company', ...roles])
  expect(matrix.rows.map(({ operation }) => operation).sort()).toEqual(documented.map((one) => one.operationId).sort())
})

test.each(matrix.rows.map((row) => [row.operation as string, row] as const))('%s', async (operationId, row) => {
  const operation = documented.find((one) => one.operationId === operationId)
  if (!operation) throw new Error(`There is no ${operationId}.`)
  const owner = owners[row.of as string] as Owner
  const request = managementRequests(door, server)[operationId] as (owner: Owner) => Promise<Parts>
  const isOwn = ofOwnAccount.has(operationId)
  const outsider = isOwn || endings.includes(operationId) ? await withoutCompany() : outside
  const invitation = async () => {
    await owner.portal.send('POST', '/invitations', { email: outsider.person.email })
    return { body: { token: await mailed(outsider.person.email) } }
  }
  const erasureOf = ({ person }: Portal) => ({ body: { email: person.email } })
  // What is one's own account's is asked of an account that nothing else needs, and that asks.
  const fresh = async (role: string) => (isOwn ? await door.account(companies[owner.kind] as string, role) : null)
  const somebody = { ...owner, portal: isOwn ? outsider : owner.portal }
  // What is refused stays as it was, so that all who are refused can ask the same.
  let refused: Promise<Parts> | undefined
  const partsFor = (expected: string | undefined, named: Owner) => {
    if (isOwn || expected === '2xx') return request(named)
    refused ??= request(owner)
    return refused
  }
  const asked =
    operationId === 'joinCompany'
      ? invitation()
      : operationId === 'eraseOwnAccount'
        ? erasureOf(outsider)
        : partsFor(row['no company'], somebody)
  const actual: Record<string, string> = { 'no company': await send(operation, await asked, sessionOf(outsider)) }
  for (const role of roles) {
    const alone = await fresh(role)
    const session = alone ?? (sessions[owner.kind]?.[role] as Portal)
    const named = alone ? { ...owner, portal: alone } : owner
    const parts = operationId === 'eraseOwnAccount' ? erasureOf(session) : await partsFor(row[role], named)
    actual[role] = await send(operation, parts, sessionOf(session))
  }
  const { operation: name, of, ...expected } = row
  expect({ name, of, ...actual }).toEqual({ name, of, ...expected })
})
