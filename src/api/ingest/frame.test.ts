import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newGateway, newOrganization, type TestGateway } from '../../../test/support/ingest.ts'
import { startServer, type TestServer } from '../../../test/support/server.ts'
import type { Batch } from '../../domain/batch.ts'

let server: TestServer
let organization: string
let gateway: TestGateway
let count = 0

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  organization = await newOrganization(server)
  gateway = await newGateway(server, organization)
})

const good = { inventory: { full: true, locations: [], devices: [{ ref: 'ups', type: 'UPS', label: 'UPS 1' }] } }
const bad = { inventory: { ...good.inventory, devices: [{ ref: 'ups', type: 'UPS', label: 'UPS 1', parentRef: 'x' }] } }

function batch(parts: Omit<Batch, 'batchId'>): Batch {
  count += 1
  return { batchId: `b-${count}`, ...parts }
}

async function accepted(from: TestGateway, parts: Omit<Batch, 'batchId'>) {
  const { body } = await from.send(batch(parts))
  expect(body).toMatchObject({ duplicate: false })
  return body.changed
}

describe('a body', () => {
  test('that is not JSON is a 400', async () => {
    const { status, body } = await gateway.post('{"batchId":')
    expect([status, body.type]).toEqual([400, expect.stringMatching(/#request-malformed$/)])
  })

  test('that is not gzip though it says so is a 400', async () => {
    const { status } = await gateway.post('{}', { 'content-encoding': 'gzip' })
    expect(status).toBe(400)
  })

  test('of another type or coding is a 415', async () => {
    expect((await gateway.post('{}', { 'content-type': 'text/plain' })).status).toBe(415)
    const { status, body } = await gateway.post('{}', { 'content-encoding': 'br' })
    expect([status, body.detail]).toEqual([415, 'The content coding "br" is not known here. Compress with gzip, or not at all.'])
  })

  test('of more than 16 MiB is a 413, also when it only becomes so', async () => {
    const large = `{"batchId":"${' '.repeat(17 * 1024 * 1024)}"}`
    expect((await gateway.post(large)).status).toBe(413)
    expect((await gateway.post(gzipSync(large), { 'content-encoding': 'gzip' })).status).toBe(413)
  })
})

describe('a token', () => {
  test.each([
    ['missing', () => ({ authorization: '' })],
    ['malformed', () => ({ authorization: 'Bearer gw_x' })],
    ['unknown', () => ({ authorization: `Bearer ${gateway.token.replace(gateway.id, '0'.repeat(12))}` })],
  ])('that is %s is a 401', async (_, headers) => {
    const { status, headers: answered } = await gateway.post('{}', headers())
    expect([status, answered.get('www-authenticate')]).toEqual([401, 'Bearer'])
  })

  test('of a removed gateway is a 401', async () => {
    await server.database.system.rows(sql`update gateway set removed_at = now() where id = ${gateway.id}`)
    expect((await gateway.send(batch({}))).status).toBe(401)
  })

  test('of a suspended company is a 401', async () => {
    await server.database.system.rows(sql`update company set suspended_at = now() where id = ${organization}`)
    expect((await gateway.send(batch({}))).status).toBe(401)
  })

  test('of a company whose subscription has ended goes on', async () => {
    await server.database.system.rows(sql`
      insert into subscription (company_id, kind, starts_at, ends_at) values (${organization}, 'paid', now() - interval '2 days', now() - interval '1 day')`)
    expect(await accepted(gateway, good)).toMatchObject({ inventory: 1 })
  })

  test('whose connection breaks at any moment does not keep its place from the next', async () => {
    const { port } = new URL(server.url)
    const head = `POST /ingest/v1/batches HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${gateway.token}\r\nContent-Type: application/json\r\n`
    for (let nth = 0; nth < 40; nth += 1) {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () => {
          const half = `${head}Content-Length: 100\r\n\r\n{`
          const whole = `${head}Content-Length: 2\r\n\r\n{}`
          socket.write(nth % 2 === 0 ? half : whole + whole)
          // What is varied is the moment: after the head was read, while the token is looked up, while the body is read.
          setTimeout(() => {
            socket.resetAndDestroy()
            resolve()
          }, nth % 5)
        })
      })
    }
    await expect.poll(async () => (await gateway.send(batch({}))).status, { timeout: 5_000 }).toBe(200)
    const both = await Promise.all([gateway.send(batch({})), gateway.send(batch({}))])
    expect(both.map((answer) => answer.status)).toEqual([200, 200])
  })

  test('is told what is left of its limit, and so is one that is refused', async () => {
    const asked = (token: string) => fetch(`${server.url}/ingest/v1/gateway`, { headers: { authorization: `Bearer ${token}` } })
    expect((await asked(gateway.token)).headers.get('ratelimit')).toMatch(/^"ingest";r=\d+;t=\d+$/)
    expect((await asked('x')).headers.get('ratelimit')).toMatch(/^"refused";r=\d+;t=\d+$/)
  })

  test('tells whose it is, and when it was heard of', async () => {
    const response = await fetch(`${server.url}/ingest/v1/gateway`, {
      headers: { authorization: `Bearer ${gateway.token}`, 'user-agent': 'try/1.0' },
    })
    expect(await response.json()).toEqual({
      id: gateway.id,
      name: 'Test gateway',
      organization: { id: organization, label: 'Test site' },
    })
    const contacts = await server.database.system.rows(
      sql`select version, address from gateway_contact where gateway_id = ${gateway.id}`,
    )
    expect(contacts).toEqual([{ version: 'try/1.0', address: '127.0.0.1' }])
  })
})

describe('the trial', () => {
  const subscriptions = () =>
    server.database.system.rows<{ kind: string; days: number }>(sql`
      select kind, extract(day from ends_at - starts_at)::int as days from subscription where company_id = ${organization}`)

  test('starts with the first accepted batch of the first gateway, once', async () => {
    await gateway.send(batch(bad))
    expect(await subscriptions()).toEqual([])
    await accepted(gateway, {})
    await accepted(await newGateway(server, organization), {})
    expect(await subscriptions()).toEqual([{ kind: 'trial', days: 30 }])
  })

  test('does not start for a company that had a subscription', async () => {
    await server.database.system.rows(sql`
      insert into subscription (company_id, kind, starts_at, ends_at) values (${organization}, 'paid', now() - interval '9 days', now() - interval '8 days')`)
    await accepted(gateway, {})
    expect(await subscriptions()).toEqual([{ kind: 'paid', days: 1 }])
  })
})
