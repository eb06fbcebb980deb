import { gunzipSync } from 'node:zlib'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, inDays, type Managed, type Staffed, startManaged, testPassword } from '../../../test/support/management.ts'
import { verified } from '../../../test/support/verified-acts.ts'
import { forgetCompanies } from '../../jobs/forget-companies.ts'

let managed: Managed
beforeAll(async () => {
  managed = await startManaged()
}, 60_000)
afterAll(() => managed.close())

const db = () => managed.server.database.system

interface Site {
  customer: Staffed
  partner: Staffed
  partnership: string
  customerKey: string
  partnerKey: string
  gatewayToken: string
  accessToken: string
}

/** A customer with all that a company has: a partner that reads it, keys, a gateway that has sent, a token, measurements. */
async function site(name: string): Promise<Site> {
  const customer = await managed.staffed('customer', name)
  const partner = await managed.staffed('partner', `Partner of ${name}`)
  await managed.vendor('POST', `/companies/${customer.id}/subscriptions`, { kind: 'paid', endsAt: inDays(30) })
  const partnership = await connect(managed, customer, partner)
  await customer.ask('PUT', `/partnerships/${partnership}/consent`, {})
  const key = async ({ ask }: Staffed, kind: string) => (await ask('POST', '/keys', { name: kind, kind })).body.secret as string
  const { body } = await customer.ask('POST', '/gateways', { name: 'Basement' })
  const token = await customer.ask('POST', '/access-tokens', { name: 'Nightly', expiresInDays: 1 })
  const made = {
    customer,
    partner,
    partnership,
    customerKey: await key(customer, 'own'),
    partnerKey: await key(partner, 'all'),
    gatewayToken: body.token as string,
    accessToken: token.body.token as string,
  }
  const sent = await ingest(made.gatewayToken, 'batches', {
    batchId: 'first',
    inventory: { full: true, locations: [], devices: [{ ref: 'ups', type: 'UPS', label: `UPS of ${name}` }] },
    sensors: { full: true, sensors: [{ ref: 'load', deviceRef: 'ups', label: 'Load', type: 'Power', unit: 'W' }] },
  })
  if (sent !== 200) throw new Error(`the batch was answered ${sent}`)
  return made
}

async function ingest(token: string, path: string, body: object): Promise<number> {
  const answer = await fetch(`${managed.server.url}/ingest/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return answer.status
}

async function organizations(key: string): Promise<{ status: number; ids: string[] }> {
  const answer = await fetch(`${managed.server.url}/rest/v1/organizations`, { headers: { authorization: `Bearer ${key}` } })
  const { organizations: found = [] } = (await answer.json()) as { organizations?: { id: string }[] }
  return { status: answer.status, ids: found.map(({ id }) => id) }
}

/** How many rows of each table name the organization. */
async function rowsLeft(company: string): Promise<Record<string, number>> {
  const tables = await db().rows<{ name: string }>(sql`
    select table_name::text as "name" from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' and table_name !~ '_[0-9]+$' and table_name not in ('act', 'act_personal')`)
  const left: Record<string, number> = {}
  for (const { name } of tables) {
    const [row] = await db().rows<{ count: number }>(
      sql([`select count(*) as "count" from "${name}" t where strpos(row_to_json(t)::text, '${company}') > 0`]),
    )
    if (row !== undefined && row.count > 0) left[name] = row.count
  }
  return left
}

const close = ({ ask, id }: Staffed, name: string) => ask('PUT', `/companies/${id}/closing`, { name })

describe('a company that is closed', () => {
  test('ends with the answer: keys, gateways, connections, subscriptions, sessions and tokens', async () => {
    const { customer, partnerKey, customerKey, gatewayToken, accessToken, partner } = await site('Harbour Mills')
    expect((await organizations(partnerKey)).ids).toEqual([customer.id])
    const wrong = await close(customer, 'Harbour')
    expect([wrong.status, wrong.body.type]).toEqual([422, expect.stringContaining('#name-not-repeated')])
    expect((await partner.ask('PUT', `/companies/${customer.id}/closing`, { name: 'Harbour Mills' })).status).toBe(404)
    expect((await close(customer, 'Harbour Mills')).status).toBe(204)

    expect(await organizations(partnerKey)).toEqual({ status: 200, ids: [] })
    expect((await organizations(customerKey)).status).toBe(401)
    expect(await ingest(gatewayToken, 'batches', { batchId: 'second' })).toBe(401)
    expect((await customer.ask('GET', '/session')).status).toBe(401)
    expect((await managed.asking({ authorization: `Bearer ${accessToken}` })('GET', '/keys')).status).toBe(401)
    expect((await managed.ask('POST', '/session', { email: customer.email, password: testPassword })).status).toBe(401)
    expect((await partner.ask('GET', '/customers')).body.customers).toEqual([])
    const { body } = await managed.vendor('GET', `/companies/${customer.id}`)
    expect(body).toMatchObject({ closedAt: expect.any(String), subscription: { terminatedAt: expect.any(String) } })
    const mails = (await managed.vendor('GET', '/mails?limit=200')).body.mails as { recipient: string; subject: string }[]
    expect(mails.filter(({ recipient }) => recipient === customer.email).map(({ subject }) => subject)).toEqual([
      'Harbour Mills was closed',
    ])
    const verbs = await db().rows<{ verb: string }>(sql`
      select verb from act where record::jsonb -> 'companies' ? ${customer.id} order by seq desc limit 12`)
    expect(verbs.map(({ verb }) => verb)).toEqual(
      expect.arrayContaining([
        'company.closed',
        'partnership.ended',
        'consent.withdrawn',
        'subscription.terminated',
        'key.deleted',
        'gateway.removed',
      ]),
    )
  })

  test('is not resumed, but taken back by the vendor within 30 days: people and data are there, what ended stays ended', async () => {
    const { customer, partnerKey } = await site('Lakeside')
    expect((await managed.vendor('PUT', `/companies/${customer.id}/closing`, { name: 'Lakeside' })).status).toBe(204)
    const resumed = await managed.vendor('DELETE', `/companies/${customer.id}/suspension`)
    expect([resumed.status, resumed.body.type]).toEqual([409, expect.stringContaining('#company-closed')])
    await forgetCompanies(managed.server.context)
    expect((await managed.vendor('DELETE', `/companies/${customer.id}/closing`)).status).toBe(204)
    expect((await managed.ask('POST', '/session', { email: customer.email, password: testPassword })).status).toBe(200)
    expect((await rowsLeft(customer.id)).inventory_object).toBe(2)
    expect((await organizations(partnerKey)).ids).toEqual([])
    expect((await managed.vendor('DELETE', '/companies/nothing/closing')).status).toBe(404)
    const [{ verb } = {}] = await db().rows<{ verb: string }>(sql`
      select verb from act where verb like 'company.re%' and record::jsonb -> 'companies' ? ${customer.id} order by seq desc limit 1`)
    expect(verb).toBe('company.reopened')
  })

  test('is gone after 30 days with its people and its data, others are not, and the record verifies', async () => {
    const { customer } = await site('Old Mill')
    const { customer: other } = await site('New Mill')
    const before = await rowsLeft(other.id)
    await close(customer, 'Old Mill')
    expect(Object.keys(await rowsLeft(customer.id))).toEqual(
      expect.arrayContaining(['company', 'member', 'inventory_object', 'sensor', 'feed_head']),
    )
    await db().rows(sql`update company set closed_at = closed_at - interval '29 days' where id = ${customer.id}`)
    await forgetCompanies(managed.server.context)
    expect(Object.keys(await rowsLeft(customer.id))).toContain('company')
    await db().rows(sql`update company set closed_at = closed_at - interval '1 day' where id = ${customer.id}`)
    await forgetCompanies(managed.server.context)
    expect(await rowsLeft(customer.id)).toEqual({})
    expect(await db().rows(sql`select 1 as one from person where email = ${customer.email}`)).toEqual([])
    expect(await rowsLeft(other.id)).toEqual(before)
    expect((await managed.vendor('GET', `/companies/${customer.id}`)).status).toBe(404)
    expect(await verified(managed)).toEqual([])
  })

  test('is never the vendor', async () => {
    const { companies } = (await managed.vendor('GET', '/companies')).body
    const vendor = companies.find(({ kind }: { kind: string }) => kind === 'vendor')
    expect((await managed.vendor('PUT', `/companies/${vendor.id}/closing`, { name: vendor.name })).status).toBe(404)
  })
})

describe('the data of a company', () => {
  const exported = async ({ ask }: Staffed) => {
    const { status, headers } = await ask('GET', '/company/export')
    expect([status, headers.get('content-type')]).toEqual([200, 'application/gzip'])
  }
  const linesOf = async (accessToken: string) => {
    const answer = await fetch(`${managed.server.url}/api/v1/company/export`, {
      headers: { authorization: `Bearer ${accessToken}` },
    })
    const lines = gunzipSync(await answer.bytes())
      .toString('utf8')
      .split('\n')
    expect(lines.pop()).toBe('')
    return lines.map((line) => JSON.parse(line))
  }
  const partsOf = (lines: ReturnType<typeof JSON.parse>[]) => {
    const parts: Record<string, ReturnType<typeof JSON.parse>[]> = {}
    let present: ReturnType<typeof JSON.parse>[] = []
    for (const line of lines.slice(1, -1)) {
      if (Array.isArray(line)) {
        present = []
        parts[line[1]] = present
      } else present.push(line)
    }
    return parts
  }

  test('are given to its administrators as lines of JSON, device data included, without a secret and without others’ data', async () => {
    const { customer, accessToken, partner, gatewayToken, customerKey } = await site('Quarry')
    const other = await site('Other Quarry')
    const sent = await fetch(`${managed.server.url}/ingest/v1/measurements?batchId=one`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gatewayToken}`, 'content-type': 'application/x-ndjson' },
      body: `${JSON.stringify({ sensorRef: 'load', timestamp: new Date().toISOString(), numericValue: 230.5 })}\n`,
    })
    expect([sent.status, await sent.text()]).toEqual([200, expect.any(String)])
    await exported(customer)
    const lines = await linesOf(accessToken)
    const parts = partsOf(lines)
    expect(lines[0]).toMatchObject({ assentExport: 1, companyId: customer.id })
    expect(lines.at(-1)).toEqual([
      'end',
      { rows: Object.fromEntries(Object.entries(parts).map(([part, rows]) => [part, rows.length])), sha256: expect.any(String) },
    ])
    expect(parts.company).toEqual([expect.objectContaining({ id: customer.id, name: 'Quarry' })])
    expect(parts.members).toEqual([expect.objectContaining({ email: customer.email, role: 'administrator' })])
    expect(parts.partnerships).toEqual([expect.objectContaining({ with: 'partner', name: 'Partner of Quarry' })])
    expect(parts.consents).toHaveLength(1)
    expect(parts.keys).toEqual([expect.objectContaining({ kind: 'own' })])
    expect(parts.inventory?.map(({ object }) => object.label)).toEqual(expect.arrayContaining(['Quarry', 'UPS of Quarry']))
    expect(parts.sensors?.map(({ object }) => object.label)).toEqual(['Load'])
    expect(parts.measurements).toEqual([expect.objectContaining({ numericValue: 230.5 })])
    expect(parts.acts?.map(({ verb }) => verb)).toEqual(
      expect.arrayContaining(['consent.given', 'key.created', 'gateway.created']),
    )

    const text = JSON.stringify(lines)
    for (const secret of [accessToken, gatewayToken, customerKey]) expect(text).not.toContain(secret.slice(-39))
    for (const foreign of [other.customer.id, other.customer.email, partner.email, 'Other Quarry'])
      expect(text).not.toContain(foreign)
    const hashes = await db().rows<{ hash: string }>(sql`select encode(secret_hash, 'hex') as "hash" from api_key`)
    for (const { hash } of hashes) expect(text).not.toContain(hash)
  })

  test('of a partner hold nothing of its customers’ devices', async () => {
    const { partner } = await site('Pier')
    const token = await partner.ask('POST', '/access-tokens', { name: 'Nightly', expiresInDays: 1 })
    const parts = partsOf(await linesOf(token.body.token))
    expect(Object.keys(parts)).not.toContain('inventory')
    expect(parts.partnerships).toEqual([expect.objectContaining({ with: 'customer', name: 'Pier' })])
    expect(JSON.stringify(parts)).not.toContain('UPS of Pier')
  })
})
