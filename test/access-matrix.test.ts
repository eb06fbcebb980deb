import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accessScene, bearer, type Caller, type Scene, sessionOf } from './support/access-scene.ts'
import { endsSession } from './support/account-requests.ts'
import { checkAnswer, operations, pathOf } from './support/contract.ts'
import { operationsIn } from './support/documented.ts'
import { Connections, type Reply } from './support/door.ts'
import { ingestCallers } from './support/ingest-callers.ts'
import {
  managementRequests,
  type Owner,
  type Parts,
  requestsThatEndTheirCaller,
  vendorId,
} from './support/management-requests.ts'
import { type Row, type Table, tablesUnder } from './support/matrix.ts'
import { timeEndsNoSubscription } from './support/planted-fault.ts'
import type { Portal } from './support/portal-session.ts'
import { startServer, type TestServer } from './support/server.ts'
import { askStreams, offsetOfNobody } from './support/stream-requests.ts'

const matrix = readFileSync('test/access-matrix.md', 'utf8')
const [deviceData, precedence] = tablesUnder(matrix, 'Device-data API') as [Table, Table]
const [management] = tablesUnder(matrix, 'Management API') as [Table]
const [ingest] = tablesUnder(matrix, 'Ingest API') as [Table]

let server: TestServer
let scene: Scene
const lines = new Connections(8)
beforeAll(async () => {
  server = await startServer({ flags: ['--rate-limit-factor', '1000000', '--inside-addresses', '127.0.0.1'] })
  scene = await accessScene(server)
}, 300_000)
afterAll(async () => {
  lines.close()
  scene?.close()
  await server?.close()
})

/** What is of the moment in a refusal is left out: the request's id, the date, what is left of a limit. */
function withoutMoment({ status, headers, text }: Reply, leftOut: readonly string[] = []): string {
  const { requestId } = JSON.parse(text) as { requestId: string }
  const kept = Object.entries(headers).filter(([name]) => !['date', 'ratelimit', ...leftOut].includes(name))
  return JSON.stringify([status, kept, text]).replaceAll(requestId, 'ID')
}

describe('the device-data API', () => {
  const refusals: { operationId: string; reply: Reply }[] = []

  /** The organization's id that a row names for its caller. */
  const organizationOf = (name: string, caller: Caller) => (name === 'own' ? caller.own : scene.organizations[name])

  async function ask(
    operationId: string,
    callerName: string,
    organizationName: string,
    more: { offset?: string; device?: string; headers?: Record<string, string>; query?: Record<string, string> } = {},
  ) {
    const operation = operations.find((one) => one.operationId === operationId)
    const caller = scene.callers[callerName]
    if (!operation || !caller) throw new Error(`There is no ${operation ? `caller "${callerName}"` : operationId}.`)
    const invalid = organizationName === 'id that is no UTF-8'
    const organizationId = invalid ? 'INVALID' : organizationOf(organizationName, caller)
    if (organizationId === undefined) throw new Error(`There is no organization "${organizationName}" of "${callerName}".`)
    const deviceId = more.device ?? scene.devices[organizationId] ?? (scene.devices[scene.customer.id] as string)
    const path = pathOf(operation, { organizationId, deviceId, offset: more.offset ?? 0 }).replace('INVALID', '%FF')
    const replayed = scene.replayOffsets[organizationId] ?? offsetOfNobody
    const query = more.query ?? (operationId === 'replayMeasurements' ? { fromOffset: replayed, toOffset: replayed } : {})
    const url = `${server.url}/rest/v1${path}?${new URLSearchParams(query)}`
    const reply = operation.isStream
      ? await lines.head(url, { 'accept-encoding': 'gzip', ...caller.headers, ...more.headers })
      : await lines.send(operation.method, url, { ...caller.headers, ...more.headers })
    checkAnswer(operationId, reply.status, reply.headers, operation.isStream && reply.status === 200 ? undefined : reply.text)
    if (reply.status === 401 || reply.status === 403) refusals.push({ operationId, reply })
    return { reply, organizationId }
  }

  test('has every operation of its document in the matrix', () => {
    expect(deviceData.columns.slice(2)).toEqual(operations.map(({ operationId }) => operationId))
  })

  /** The row as the server would have it. */
  async function answered({ caller = '', organization = '' }: Row): Promise<Row> {
    const actual: Row = { caller, organization }
    for (const operationId of deviceData.columns.slice(2)) {
      const { reply, organizationId } = await ask(operationId, caller, organization)
      const listing = operationId === 'listOrganizations' && reply.status === 200
      const listed =
        listing &&
        (JSON.parse(reply.text) as { organizations: { id: string }[] }).organizations.some(({ id }) => id === organizationId)
      actual[operationId] = listing ? `200 ${listed ? 'listed' : 'not listed'}` : String(reply.status)
    }
    return actual
  }

  test.each(deviceData.rows.map((row) => [`${row.caller}; ${row.organization}`, row] as const))('%s', async (_, row) => {
    expect(await answered(row)).toEqual(row)
  })

  test.each(precedence.rows.map((row) => [`${row.caller}; ${row.organization}; ${row['asked with']}`, row] as const))(
    'in its precedence: %s',
    async (_, { caller = '', organization = '', 'asked with': how = '', expected }) => {
      const other = scene.devices[scene.organizations['covered, in the set'] as string]
      const asked: Record<string, Promise<{ reply: Reply }>[]> = {
        'malformed offset': operations
          .filter(({ path }) => path.includes('{offset}'))
          .flatMap(({ operationId }) =>
            ['-1', '1.5', 'latest', '9007199254740992'].map((offset) => ask(operationId, caller, organization, { offset })),
          ),
        'no such device': [ask('getDevice', caller, organization, { device: 'no-such-device' })],
        'a device of another organization': [ask('getDevice', caller, organization, { device: other as string })],
        'a location': [ask('getDevice', caller, organization, { device: scene.location })],
        'If-None-Match: *': ['listInventory', 'listAlarms', 'listSensors'].map((one) =>
          ask(one, caller, organization, { headers: { 'if-none-match': '*' } }),
        ),
      }
      const replies = await Promise.all(asked[how] ?? (await askStreams(ask, { server, scene }, { caller, organization, how })))
      expect(replies.length).toBeGreaterThan(0)
      expect(replies.map(({ reply }) => String(reply.status))).toEqual(replies.map(() => expected))
    },
  )

  test('answers every 403 alike, and every 401, so that not yours and not there look the same (I4)', () => {
    for (const status of [401, 403]) {
      const own = refusals.filter(({ reply }) => reply.status === status)
      expect(own.length).toBeGreaterThan(100)
      expect(new Set(own.map(({ reply }) => withoutMoment(reply, ['ratelimit-policy']))).size).toBe(1)
      for (const replies of Map.groupBy(own, ({ operationId }) => operationId).values()) {
        expect(new Set(replies.map(({ reply }) => withoutMoment(reply))).size).toBe(1)
      }
    }
  })

  test('and a planted fault, a subscription that is over and still active, is found in its rows and no others', async () => {
    const { database } = server
    const view = sql`select pg_get_viewdef('active_subscription') as definition`
    const [{ definition }] = (await database.system.rows(view)) as [{ definition: string }]
    await database.script(timeEndsNoSubscription)
    const found: string[] = []
    const about = /^(covered|canceled, before its end|lapsed by the clock alone|not begun|never subscribed|terminated|suspended)$/
    for (const row of deviceData.rows.filter(({ caller, organization = '' }) => caller === 'all' && about.test(organization)))
      if (!isDeepStrictEqual(await answered(row), row)) found.push(row.organization as string)
    await database.script(`create or replace view active_subscription as ${definition}`)
    expect(found).toEqual(['lapsed by the clock alone', 'terminated'])
  })
})

describe('the management API', () => {
  const documented = operationsIn('openapi/management.json')
  let owners: Record<string, Owner>
  let callers: Record<string, Caller>
  let viewers: Record<string, Caller>
  let others: Record<string, Caller>
  beforeAll(async () => {
    const { door, partner, customer } = scene
    const companies = (await door.vendor<{ companies: { id: string; kind: string }[] }>('GET', '/companies')).companies
    const vendor = await door.account(companies.find(({ kind }) => kind === 'vendor')?.id as string)
    owners = {
      vendor: { kind: 'vendor', portal: vendor, customer, partner },
      partner: { kind: 'partner', portal: partner.portal, customer, partner },
      customer: { kind: 'customer', portal: customer.portal, customer, partner },
    }
    const viewer = async ({ portal }: Owner) =>
      bearer(
        (await portal.send<{ token: string }>('POST', '/access-tokens', { name: 'Viewer', role: 'viewer', expiresInDays: 1 }))
          .token,
      )
    viewers = Object.fromEntries(
      await Promise.all(Object.entries(owners).map(async ([kind, owner]) => [kind, await viewer(owner)] as const)),
    )
    const commandLine = readFileSync(`${server.dataDir}/cli-token`, 'utf8').trim()
    callers = {
      nobody: { headers: {} },
      'device-data key': scene.callers.all as Caller,
      'gateway token': scene.callers['gateway token'] as Caller,
      vendor: sessionOf(vendor),
      partner: sessionOf(partner.portal),
      customer: sessionOf(customer.portal),
      'command line': bearer(commandLine),
    }
    others = {
      vendor: callers.vendor as Caller,
      partner: sessionOf((await door.partner('Another')).portal),
      customer: sessionOf((await door.customer('Another')).portal),
    }
  })

  test('has every operation of its document in the matrix', () => {
    expect(management.rows.map(({ operation }) => operation).sort()).toEqual(
      documented.map(({ operationId }) => operationId).sort(),
    )
    expect(Object.keys(managementRequests(scene.door, server)).sort()).toEqual(
      documented.map(({ operationId }) => operationId).sort(),
    )
  })

  test.each(management.rows.map((row) => [row.operation as string, row] as const))('%s', async (operationId, row) => {
    const operation = documented.find((one) => one.operationId === operationId)
    if (!operation) throw new Error(`There is no ${operationId}.`)
    const request = managementRequests(scene.door, server)[operationId] as (owner: Owner) => Promise<Parts>
    const level = (status: number) => (operation.successes.includes(status) ? '2xx' : String(status))
    /** What refused callers ask stays as it was, so that all of them can ask the same: making it takes as long as all else here. */
    const asRefused = new Map<Owner, Promise<Parts>>()
    const refusedOf = (owner: Owner) => {
      const made =
        asRefused.get(owner) ?? (endsSession.has(operationId) ? withSessionOfItsOwn(owner).then(request) : request(owner))
      asRefused.set(owner, made)
      return made
    }
    const send = async (who: Caller | Portal, owner: Owner, expected: string, nowhere = false, given?: Parts) => {
      const { params = {}, body, streams, cookie } = given ?? (await (expected === '2xx' ? request(owner) : refusedOf(owner)))
      const caller = 'person' in who ? sessionOf(who) : who
      const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => (nowhere ? 'not-there' : (params[name] as string)))
      const sent = nowhere && body && 'customerId' in body ? { ...body, customerId: 'not-there' } : body
      if (streams)
        return level((await lines.head(`${server.url}${path}`, { 'accept-encoding': 'gzip', ...caller.headers })).status)
      const json = sent ? { 'content-type': 'application/json' } : {}
      const own = cookie ? { cookie: [caller.headers.cookie, cookie].filter(Boolean).join('; ') } : {}
      const { status } = await lines.send(
        operation.method,
        `${server.url}${path}`,
        { ...caller.headers, ...own, ...json },
        sent && Buffer.from(JSON.stringify(sent)),
      )
      return level(status)
    }
    /** Whose objects are named: the caller's own where it has such, else somebody's who has. */
    const kinds = (['vendor', 'customer', 'partner'] as const).filter((kind) => row[kind] === '2xx')
    const readers = kinds[0] ?? 'customer'
    const first = owners[readers] as Owner
    const actual: Record<string, string> = {}
    for (const [name, caller] of Object.entries(callers)) {
      const company = name === 'command line' ? 'vendor' : name
      const owner = kinds.includes(company as 'vendor') ? (owners[company] as Owner) : first
      const may = row[name] === '2xx' && name in owners
      const ending = may ? requestsThatEndTheirCaller(scene.door)[operationId] : undefined
      if (ending !== undefined) {
        const companyId = await companyOf(owner)
        const { portal, ...parts } = await ending(owner.kind, companyId)
        actual[name] = await send(portal, owner, '2xx', false, parts)
      } else if (endsSession.has(operationId) && row[name] === '2xx') {
        const alone = await withSessionOfItsOwn(owner)
        actual[name] = await send(may ? alone.portal : caller, alone, '2xx')
      } else {
        actual[name] = await send(caller, owner, row[name] as string)
      }
    }
    const ofOthers = row["another's"] as string
    const named = endsSession.has(operationId) && row.viewer === '2xx' ? await withSessionOfItsOwn(first) : first
    const viewer = viewers[row.viewer === '2xx' && kinds.length > 1 ? 'customer' : readers] as Caller
    actual.viewer = await send(viewer, named, row.viewer as string)
    actual["another's"] = ofOthers === '—' ? '—' : await send(others[readers] as Caller, first, ofOthers, readers === 'vendor')
    for (const kind of ofOthers === '—' ? [] : kinds.slice(1)) {
      expect([kind, await send(others[kind] as Caller, owners[kind] as Owner, ofOthers)]).toEqual([kind, ofOthers])
    }
    const { operation: name, ...expected } = row
    expect({ name, ...actual }).toEqual({ name, ...expected })
  })

  /** The same company's, with a session that nothing else needs. */
  async function withSessionOfItsOwn(owner: Owner): Promise<Owner> {
    return { ...owner, portal: await scene.door.account(await companyOf(owner)) }
  }

  async function companyOf({ kind }: Owner): Promise<string> {
    return kind === 'vendor' ? vendorId(scene.door) : scene[kind].id
  }
})

describe('the ingest API', () => {
  const documented = operationsIn('openapi/ingest.json')
  let callers: Record<string, Caller>
  beforeAll(async () => {
    callers = await ingestCallers(scene)
  })

  test('has every operation of its document in the matrix', () => {
    expect(ingest.columns.slice(1).sort()).toEqual(documented.map(({ operationId }) => operationId).sort())
  })

  test.each(ingest.rows.map((row) => [row.caller as string, row] as const))('%s', async (name, row) => {
    const caller = callers[name]
    if (!caller) throw new Error(`There is no caller "${name}".`)
    const actual: Record<string, string> = {}
    for (const { operationId, method, path, successes } of documented) {
      const body = method === 'POST' ? Buffer.from(JSON.stringify({ batchId: 'matrix' })) : undefined
      const type = operationId === 'sendMeasurements' ? 'application/x-ndjson' : 'application/json'
      const headers = { ...caller.headers, ...(body ? { 'content-type': type } : {}) }
      const { status } = await lines.send(method, `${server.url}${path}?batchId=measured`, headers, body)
      actual[operationId] = successes.includes(status) ? '2xx' : String(status)
    }
    expect({ caller: name, ...actual }).toEqual(row)
  })
})
