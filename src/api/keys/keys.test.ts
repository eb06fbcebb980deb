import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailsTo } from '../../../test/support/mailed.ts'
import { connect, inDays, type Managed, type Staffed, startManaged } from '../../../test/support/management.ts'

let managed: Managed
let partner: Staffed
let valid: Staffed
let without: Staffed
let stranger: Staffed
beforeAll(async () => {
  managed = await startManaged()
  partner = await managed.staffed('partner', 'Acme, Inc.')
  valid = await managed.staffed('customer', 'A valid one')
  without = await managed.staffed('customer', 'B without consent')
  stranger = await managed.staffed('customer', 'C not connected')
  for (const customer of [valid, without]) {
    const partnership = await connect(managed, customer, partner)
    await managed.vendor('POST', `/companies/${customer.id}/subscriptions`, { kind: 'paid', endsAt: inDays(30) })
    if (customer === valid) await customer.ask('PUT', `/partnerships/${partnership}/consent`, {})
  }
})
afterAll(() => managed.close())

const create = (body: object, who = partner) => who.ask('POST', '/keys', { name: 'A key', ...body })
const organizations = async (secret: string) => {
  const response = await fetch(`${managed.server.url}/rest/v1/organizations`, { headers: { authorization: `bearer ${secret}` } })
  const { organizations: covered = [] } = (await response.json()) as { organizations?: { id: string }[] }
  return { status: response.status, ids: covered.map((one) => one.id) }
}

test('a key for all customers covers the valid ones, says why not the others, and works in the device-data API', async () => {
  const made = await create({ kind: 'all' })
  expect(made.status).toBe(201)
  expect(made.body.secret).toMatch(/^ak_live_[0-9A-Za-z]{51}$/)
  expect(made.body.key).toMatchObject({
    kind: 'all',
    name: 'A key',
    enabled: true,
    valid: true,
    covered: 1,
    createdBy: expect.any(String),
  })
  expect(made.body.secret.startsWith(made.body.key.prefix)).toBe(true)
  expect(await organizations(made.body.secret)).toEqual({ status: 200, ids: [valid.id] })

  const { body } = await partner.ask('GET', `/keys/${made.body.key.id}`)
  expect(body.organizations).toEqual([
    { organizationId: valid.id, label: 'A valid one', covered: true, reasons: [] },
    { organizationId: without.id, label: 'B without consent', covered: false, reasons: ['no consent'] },
  ])
  const listed = await partner.ask('GET', '/keys')
  expect(JSON.stringify(listed.body)).not.toContain(made.body.secret)
  expect(listed.body.keys.map((key: { id: string }) => key.id)).toContain(made.body.key.id)
})

test('a key for specific customers takes connected ones only, and tells nothing of others', async () => {
  const refused = await create({ kind: 'specific', organizationIds: [valid.id, stranger.id] })
  const missing = await create({ kind: 'specific', organizationIds: [valid.id, 'nothing'] })
  expect(refused.status).toBe(422)
  expect({ ...refused.body, requestId: '', organizationIds: '' }).toEqual({ ...missing.body, requestId: '', organizationIds: '' })
  expect(refused.body.organizationIds).toEqual([stranger.id])

  const made = await create({ kind: 'specific', organizationIds: [valid.id, valid.id, without.id] })
  expect(made.body.key.covered).toBe(1)
  expect(await organizations(made.body.secret)).toEqual({ status: 200, ids: [valid.id] })
})

test('each kind of company generates its own kinds', async () => {
  const own = await create({ kind: 'own' }, valid)
  expect(await organizations(own.body.secret)).toEqual({ status: 200, ids: [valid.id] })
  expect((await valid.ask('GET', `/keys/${own.body.key.id}`)).body.organizations).toEqual([
    { organizationId: valid.id, label: 'A valid one', covered: true, reasons: [] },
  ])
  expect((await create({ kind: 'demo' }, valid)).body.secret).toMatch(/^ak_demo_/)
  for (const [who, kind] of [
    [valid, 'all'],
    [valid, 'specific'],
    [partner, 'own'],
  ] as const) {
    const refused = await create({ kind, ...(kind === 'specific' ? { organizationIds: [valid.id] } : {}) }, who)
    expect([kind, refused.status, refused.body.detail]).toEqual([
      kind,
      400,
      expect.stringMatching(/^body\.kind: a \w+ generates/),
    ])
  }
})

test('a key is narrowed in place and never widened', async () => {
  const { body } = await create({ kind: 'specific', organizationIds: [valid.id, without.id], expiresAt: inDays(10) })
  const change = (given: object) => partner.ask('PATCH', `/keys/${body.key.id}`, given)
  const later = await change({ expiresAt: inDays(11) })
  expect([later.status, later.body.detail]).toEqual([409, expect.stringMatching(/generate a new key/)])
  const expiresAt = inDays(9)
  expect((await change({ expiresAt, name: 'Renamed' })).body).toMatchObject({ expiresAt, name: 'Renamed' })

  expect((await change({ organizationIds: [without.id] })).body.covered).toBe(0)
  expect(await organizations(body.secret)).toEqual({ status: 200, ids: [] })
  const wider = await change({ organizationIds: [valid.id, without.id] })
  expect([wider.status, wider.body.title]).toEqual([409, 'A key is never widened'])
  for (const given of [{ expiresAt: null }, { kind: 'all' }])
    expect((await change(given)).body.title).toBe('A key is never widened')
  expect((await change({ kind: 'demo' })).status).toBe(400)
})

test('a key for all customers is narrowed to some of them, who are connected, and not back', async () => {
  const { body } = await create({ kind: 'all' })
  const change = (given: object) => partner.ask('PATCH', `/keys/${body.key.id}`, given)
  expect((await change({ organizationIds: [valid.id] })).status).toBe(400)
  expect((await change({ kind: 'specific' })).status).toBe(400)
  const refused = await change({ kind: 'specific', organizationIds: [valid.id, stranger.id] })
  expect([refused.status, refused.body.organizationIds]).toEqual([422, [stranger.id]])
  expect((await organizations(body.secret)).ids).toEqual([valid.id])

  expect((await change({ kind: 'specific', organizationIds: [without.id] })).body).toMatchObject({ kind: 'specific', covered: 0 })
  expect(await organizations(body.secret)).toEqual({ status: 200, ids: [] })
  expect((await change({ kind: 'all' })).body.type).toMatch(/#key-widened$/)
  const mails = await mailsTo(managed.server, partner.email)
  expect(mails.at(-1)?.subject).toBe('A key was narrowed: A key')
})

test('a key that is disabled, has expired or was deleted is refused; the administrators of its company, and nobody else, are mailed of a deletion', async () => {
  const { body } = await create({ kind: 'all', name: 'To be deleted' })
  const path = `/keys/${body.key.id}`
  expect((await partner.ask('PATCH', path, { enabled: false })).body).toMatchObject({ enabled: false, valid: false, covered: 0 })
  expect((await organizations(body.secret)).status).toBe(401)
  expect((await partner.ask('GET', path)).body.organizations[0].reasons).toEqual(['key disabled'])
  await partner.ask('PATCH', path, { enabled: true })
  expect((await organizations(body.secret)).status).toBe(200)

  const expired = await create({ kind: 'all', expiresAt: inDays(1) })
  await partner.ask('PATCH', `/keys/${expired.body.key.id}`, { expiresAt: inDays(-1) })
  expect((await organizations(expired.body.secret)).status).toBe(401)
  expect((await create({ kind: 'all', expiresAt: inDays(-1) })).body.detail).toBe('body.expiresAt: is past')

  const [colleague, viewer] = [
    await managed.addMember(partner.id, 'administrator'),
    await managed.addMember(partner.id, 'viewer'),
  ]
  expect((await partner.ask('DELETE', path)).status).toBe(204)
  expect((await organizations(body.secret)).status).toBe(401)
  expect((await partner.ask('DELETE', path)).status).toBe(404)
  const told = async ({ email }: Staffed) =>
    (await mailsTo(managed.server, email)).filter(({ message }) => message === 'key-deleted').map(({ subject }) => subject)
  const deleted = ['A key was deleted: To be deleted']
  expect(await Promise.all([partner, colleague, viewer, valid, stranger].map(told))).toEqual([deleted, deleted, [], [], []])
})

test("another company's key is not found, alike to one that does not exist", async () => {
  const { body } = await create({ kind: 'all' })
  for (const [method, given] of [['GET'], ['PATCH', { name: 'Mine' }], ['DELETE']] as const) {
    const foreign = await valid.ask(method, `/keys/${body.key.id}`, given)
    const missing = await valid.ask(method, '/keys/nothing', given)
    expect(foreign.status).toBe(404)
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...missing.body, requestId: '' })
  }
  expect((await partner.ask('GET', `/keys/${body.key.id}`)).body.name).toBe('A key')
})

test('a time that no database holds is refused in words, and one of any offset is read', async () => {
  for (const expiresAt of [
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+12:00',
    '9999-12-31T23:59:59.9999999Z',
    '9999-12-31T23:00:00-23:00',
  ]) {
    const { status, body } = await create({ kind: 'demo', expiresAt })
    expect([status, body.detail], expiresAt).toEqual([400, expect.stringContaining('between the years')])
  }
  const made = await create({ kind: 'demo', expiresAt: '2099-01-01T00:00:00.9999+23:59' })
  expect(made.body.key).toMatchObject({ expiresAt: '2098-12-31T00:01:00.999Z' })
  const changed = await partner.ask('PATCH', `/keys/${made.body.key.id}`, { expiresAt: '2099-01-01T00:00:00-23:59' })
  expect(changed.body.type).toMatch(/#key-widened$/)
  expect((await partner.ask('GET', '/keys')).status).toBe(200)
})

test('requests and errors of a key are counted, apart and with those of all keys, and a customer says when it was last read', async () => {
  const { body } = await create({ kind: 'all' })
  for (const id of [valid.id, valid.id, without.id]) {
    const url = `${managed.server.url}/rest/v1/organizations/${id}/alarms`
    await fetch(url, { headers: { authorization: `Bearer ${body.secret}` } })
  }
  const usageIn = async (path: string) => {
    const { usage } = (await partner.ask('GET', path)).body as { usage: { requests: number; errors: number }[] }
    return usage.reduce((sum, one) => [sum[0] + one.requests, sum[1] + one.errors] as const, [0, 0] as readonly [number, number])
  }
  await expect.poll(() => usageIn(`/keys/${body.key.id}/usage?days=1`), { timeout: 10_000 }).toEqual([3, 1])
  expect(await usageIn(`/keys/${body.key.id}/usage?days=8&step=hour&timeZone=Asia/Tokyo`)).toEqual([3, 1])
  const all = await usageIn('/usage')
  expect(all[0]).toBeGreaterThan(3)
  expect((await partner.ask('GET', `/keys/${body.key.id}/usage?days=9&step=hour`)).status).toBe(400)
  expect((await valid.ask('GET', `/keys/${body.key.id}/usage`)).status).toBe(404)

  const { customers } = (await partner.ask('GET', '/customers')).body
  const readAt = (id: string) => customers.find((one: { organizationId: string }) => one.organizationId === id).lastReadAt
  expect([readAt(valid.id), readAt(without.id)]).toEqual([expect.any(String), undefined])
})
