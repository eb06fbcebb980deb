import { readFileSync } from 'node:fs'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { access } from '../src/api/access.ts'
import { endExpiredVisits } from '../src/jobs/end-expired-visits.ts'
import { sessionOf } from './support/access-scene.ts'
import { codeOf } from './support/accounts.ts'
import { operationsIn } from './support/documented.ts'
import { Connections, type CustomerOfTest, Door, type PartnerOfTest, type Reply } from './support/door.ts'
import { mailsTo } from './support/mailed.ts'
import { managementRequests, type Owner, type Parts, vendorId } from './support/management-requests.ts'
import { type Table, tablesUnder } from './support/matrix.ts'
import type { Portal } from './support/portal-session.ts'
import { startServer, type TestServer } from './support/server.ts'

const [matrix] = tablesUnder(readFileSync('test/access-matrix.md', 'utf8'), 'Viewing a company') as [Table]
const documented = operationsIn('openapi/management.json')
const isNamed = (operationId: string) => matrix.rows.some(({ operation }) => operation === operationId)
const reason = 'You asked by telephone why a partner sees nothing.'

let server: TestServer
let door: Door
let vendor: string
let partner: PartnerOfTest
let customer: CustomerOfTest
let owners: Record<string, Owner>
const lines = new Connections(8)

beforeAll(async () => {
  server = await startServer({ flags: ['--rate-limit-factor', '1000000', '--inside-addresses', '127.0.0.1'] })
  door = new Door(server.url, server.dataDir)
  vendor = await vendorId(door)
  partner = await door.partner('Kestrel')
  customer = await door.customer('North Bakery', partner)
  const { token } = await door.gateway(customer.portal)
  const device = { ref: 'ups', type: 'UPS', label: 'Zeppelin UPS' }
  const alarm = { ref: 'hot', deviceRef: 'ups', label: 'Zeppelin heat', message: 'Zeppelin is hot', severity: 'WARNING' as const }
  const alarms = [{ ...alarm, activatedTime: new Date().toISOString() }]
  await lines.batch(server.url, token, { batchId: 'first', inventory: { full: true, locations: [], devices: [device] }, alarms })
  const sites = `/organizations/${customer.id}`
  const { id } = await customer.portal.send<{ id: string }>('POST', `${sites}/locations`, {
    label: 'Zeppelin cellar',
    type: 'ROOM',
  })
  const { devices } = await customer.portal.send<{ devices: { id: string }[] }>('GET', `${sites}/devices`)
  await customer.portal.send('PATCH', `${sites}/devices/${devices[0]?.id}`, { label: 'Zeppelin main', locationId: id })
  const key = await door.key(partner.portal, 'all')
  await lines.get(`${server.url}/rest/v1/organizations/${customer.id}/inventory`, key.secret)
  owners = {
    'of a customer': { kind: 'customer', portal: customer.portal, customer, partner },
    'of a partner': { kind: 'partner', portal: partner.portal, customer, partner },
  }
})
afterAll(async () => {
  lines.close()
  await server?.close()
})

/** A new administrator of the vendor, who views this company. */
async function visitor(companyId: string): Promise<Portal> {
  const portal = await door.account(vendor)
  await portal.send('POST', `/companies/${companyId}/visits`, { reason })
  return portal
}

/** What one request is answered with. */
function ask(portal: Portal, method: string, path: string, body?: object, more: Record<string, string> = {}): Promise<Reply> {
  const json = body ? { 'content-type': 'application/json' } : {}
  const sent = body && Buffer.from(JSON.stringify(body))
  return lines.send(method, `${server.url}/api/v1${path}`, { ...sessionOf(portal).headers, ...json, ...more }, sent)
}

async function send(operationId: string, portal: Portal, { params = {}, body }: Parts): Promise<string> {
  const operation = documented.find((one) => one.operationId === operationId)
  if (!operation) throw new Error(`There is no ${operationId}.`)
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? 'not-there')
  const { status, text } = await ask(portal, operation.method, path.slice('/api/v1'.length), body)
  expect([operationId, text]).toEqual([operationId, expect.not.stringContaining('Zeppelin')])
  return operation.successes.includes(status) ? '2xx' : String(status)
}

test.each(matrix.rows.map((row) => [row.operation as string, row] as const))('viewing: %s', async (operationId, row) => {
  const actual: Record<string, string> = { operation: operationId }
  for (const [name, owner] of Object.entries(owners)) {
    const viewer = await visitor(owner.kind === 'customer' ? customer.id : partner.id)
    const request = managementRequests(door, server)[operationId] as (of: Owner) => Promise<Parts>
    // What the other kind of company has, where this one has no such thing.
    const asked = await request(row[name] === '2xx' ? owner : (Object.values(owners).find((one) => one !== owner) as Owner))
    actual[name] = await send(operationId, viewer, asked)
  }
  expect(actual).toEqual(row)
})

test('nothing else is done while viewing: nothing changed, nothing of devices read', async () => {
  const viewers = [await visitor(customer.id), await visitor(partner.id)]
  const others = documented.filter(
    ({ operationId }) => !isNamed(operationId) && access[operationId as keyof typeof access] !== 'anyone',
  )
  expect(others.length).toBeGreaterThan(80)
  for (const { operationId } of others) {
    for (const viewer of viewers) expect([operationId, await send(operationId, viewer, {})]).toEqual([operationId, '403'])
  }
  const [ofCustomer] = viewers as [Portal]
  const refused = await ask(ofCustomer, 'GET', `/organizations/${customer.id}/devices`)
  expect(JSON.parse(refused.text).detail).toMatch(/^You view North Bakery: .*device data are never shown.*Leave/)
  expect(await send('listGateways', ofCustomer, {})).toBe('2xx')
  const { gateways } = await ofCustomer.send<{ gateways: object[] }>('GET', '/gateways')
  expect(gateways.some((gateway) => 'devices' in gateway)).toBe(false)
})

test('what devices and locations are called, the record tells to the customer alone: neither to a visit nor to the vendor', async () => {
  type Told = { acts: { verb: string; subject: { id: string; name?: string } }[] }
  const toldTo = async (portal: Portal) => {
    const of = async (noun: string) => (await portal.send<Told>('GET', `/activity?verb=${noun}`)).acts
    return [...(await of('device')), ...(await of('location'))]
  }
  const own = await toldTo(customer.portal)
  expect(own.map(({ verb, subject }) => [verb, subject.name])).toEqual([
    ['device.changed', 'Zeppelin main'],
    ['location.created', 'Zeppelin cellar'],
  ])
  const unnamed = own.map(({ verb, subject: { id } }) => [verb, id, undefined])
  const administrator = await door.account(vendor)
  for (const stranger of [await visitor(customer.id), administrator]) {
    const told = await toldTo(stranger)
    expect(told.map(({ verb, subject }) => [verb, subject.id, subject.name])).toEqual(unnamed)
  }
  for (const path of ['/acts?limit=1000', '/activity/export', '/mails?limit=200']) {
    const { status, text } = await ask(administrator, 'GET', path)
    expect([path, status, text]).toEqual([path, 200, expect.not.stringContaining('Zeppelin')])
  }
})

test('what an act of an earlier version called a device is told to the customer alone, and the record verifies for all', async () => {
  // As it was recorded before labels lay beside the record.
  await server.database.system.rows(sql`
    select record_act('device.changed', array[${customer.id}::text], '{"kind": "device", "id": "old"}',
                      '{"label": "Zeppelin of old", "changed": ["label"]}', '{}')`)
  const strangers = { visit: await visitor(customer.id), vendor: await door.account(vendor) }
  for (const [who, portal] of Object.entries({ ...strangers, customer: customer.portal })) {
    const own = who === 'customer'
    const of = { seq: expect.any(Number), verb: 'device.changed' }
    const { acts } = JSON.parse((await ask(portal, 'GET', '/acts?limit=1000')).text)
    const told = acts.filter(({ record }: { record: string }) => JSON.parse(record).subject.id === 'old')
    expect([who, told]).toEqual([who, [expect.objectContaining(of)]])
    expect([who, told[0].withheld]).toEqual([who, own ? undefined : true])
    expect(JSON.parse(told[0].record).details).toEqual({ ...(own ? { label: 'Zeppelin of old' } : {}), changed: ['label'] })
    for (const path of ['/activity?limit=500', '/activity/export']) {
      const { text } = await ask(portal, 'GET', path)
      expect([who, path, text]).toEqual([who, path, expect.stringMatching(/\bold\b/)])
      expect(text).not.toContain('Zeppelin of old')
    }
    expect(JSON.parse((await ask(portal, 'GET', '/acts/verification')).text)).toMatchObject({
      whole: who === 'vendor',
      faults: [],
    })
  }
})

test('is for a signed-in administrator of the vendor, who proved lately to be there, and for customers and partners alone', async () => {
  const path = `/companies/${customer.id}/visits`
  const statusOf = async (portal: Portal, at = path) => (await ask(portal, 'POST', at, { reason })).status
  const administrator = await door.account(vendor)
  expect(await statusOf(await door.account(vendor, 'operator'))).toBe(403)
  expect(await statusOf(partner.portal)).toBe(403)
  await expect(door.vendor('POST', path, { reason })).rejects.toThrow('401')
  expect(await statusOf(administrator, `/companies/${vendor}/visits`)).toBe(409)
  expect((await ask(administrator, 'POST', path, { reason: ' ' })).status).toBe(400)
  expect((await ask(administrator, 'POST', path, { reason, minutes: 61 })).status).toBe(400)
  await server.database.system.rows(sql`
    update session set confirmed_at = confirmed_at - interval '16 minutes'
     where person_id = (select id from person where email = ${administrator.person.email})`)
  expect((await ask(administrator, 'POST', path, { reason })).text).toContain('#confirmation-needed')
})

test('a company that wants a second factor of its people wants one of whoever views it', async () => {
  const strict = await door.customer('Strict')
  await door.vendor('PATCH', `/companies/${strict.id}`, { requiresTwoFactor: true })
  const administrator = await door.account(vendor)
  const begin = () => ask(administrator, 'POST', `/companies/${strict.id}/visits`, { reason })
  expect((await begin()).text).toContain('#two-factor-needed')
  const { secret } = await administrator.send<{ secret: string }>('POST', '/account/two-factor', {
    password: administrator.person.password,
  })
  await administrator.send('PUT', '/account/two-factor', { code: codeOf(secret) })
  expect((await begin()).status).toBe(201)
})

interface Activity {
  verb: string
  actor: { kind: string; companyName?: string }
  details: { reason?: string }
}
const visitsIn = async (portal: Portal): Promise<Activity[]> => {
  const { acts } = await portal.send<{ acts: Activity[] }>('GET', '/activity?verb=visit')
  return acts
}

test('both records say when it began and ended and why, and the company’s administrators are told', async () => {
  const told = await door.customer('South Mill')
  const viewer = await visitor(told.id)
  const session = await viewer.send<{ company: { name: string }; visit?: { reason: string } }>('GET', '/session')
  expect([session.company.name, session.visit?.reason]).toEqual(['South Mill', reason])
  await viewer.send('DELETE', '/visit')
  await viewer.send('DELETE', '/visit')
  expect(await viewer.send('GET', '/session')).not.toHaveProperty('visit')
  expect((await ask(viewer, 'GET', '/companies')).status).toBe(200)

  const theirs = await visitsIn(told.portal)
  expect(theirs.map(({ verb, actor, details }) => [verb, actor.companyName, details.reason])).toEqual([
    ['visit.ended', 'Vendor', reason],
    ['visit.begun', 'Vendor', reason],
  ])
  expect((await visitsIn(viewer)).slice(0, 2).map(({ verb }) => verb)).toEqual(['visit.ended', 'visit.begun'])
  const [mail] = (await mailsTo(server, told.portal.person.email)).filter(({ message }) => message === 'visit-begun')
  expect(mail?.subject).toContain('South Mill')
  expect(mail?.words).toMatch(new RegExp(`Robin Example \\(${viewer.person.email}\\) of Vendor.*${reason}`))
})

test('ends by the clock alone, with the session, when forbidden, suspended, two factors are wanted, or no administrator any more', async () => {
  // Wanted for a moment: what ended does not go on.
  const wantTwoFactors = async (of: string) => {
    for (const requiresTwoFactor of [true, false]) await door.vendor('PATCH', `/companies/${of}`, { requiresTwoFactor })
  }
  const ends: Record<string, (viewer: Portal, company: CustomerOfTest) => Promise<unknown>> = {
    clock: async (_, { id }) => {
      await server.database.system.rows(sql`
        update visit set begun_at = begun_at - interval '2 hours', expires_at = expires_at - interval '2 hours' where company_id = ${id}`)
    },
    session: (viewer) => viewer.send('DELETE', '/session'),
    forbidden: (_, { portal }) => portal.send('PATCH', '/visit-settings', { allowed: false }),
    suspended: (_, { id }) => door.vendor('PUT', `/companies/${id}/suspension`),
    'two factors wanted by the company': (_, { id }) => wantTwoFactors(id),
    'two factors wanted by the vendor': () => wantTwoFactors(vendor),
    demoted: async (viewer) => {
      const { members } = await door.vendor<{ members: { id: string; email: string }[] }>('GET', '/members')
      const id = members.find(({ email }) => email === viewer.person.email)?.id
      await door.vendor('PATCH', `/members/${id}`, { role: 'operator' })
    },
  }
  for (const [cause, end] of Object.entries(ends)) {
    const company = await door.customer(`Ended: ${cause}`)
    const viewer = await visitor(company.id)
    expect((await ask(viewer, 'GET', '/gateways')).status).toBe(200)
    await end(viewer, company)
    expect([cause, (await ask(viewer, 'GET', '/gateways')).status]).toEqual([cause, cause === 'session' ? 401 : 403])
    if (cause === 'clock') await endExpiredVisits(server.context)
    if (cause === 'suspended') await door.vendor('DELETE', `/companies/${company.id}/suspension`)
    if (cause === 'demoted') continue
    expect([cause, (await visitsIn(company.portal)).map(({ verb }) => verb)]).toEqual([cause, ['visit.ended', 'visit.begun']])
    if (cause !== 'forbidden') continue
    const again = await ask(await door.account(vendor), 'POST', `/companies/${company.id}/visits`, { reason })
    expect([again.status, again.text]).toEqual([409, expect.stringContaining('#visits-not-allowed')])
  }
})

test('viewing a partner does not make one act for its customers', async () => {
  await customer.portal.send('PUT', `/partnerships/${customer.partnershipId}/administrator-access`)
  const viewer = await visitor(partner.id)
  expect((await ask(viewer, 'GET', '/gateways', undefined, { 'assent-company': customer.id })).status).toBe(403)
})
