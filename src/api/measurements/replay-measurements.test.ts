import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Connections, type CustomerOfTest, Door, type PartnerOfTest } from '../../../test/support/door.ts'
import { offsetsIn, openStream, type ReadStream, type StreamLine } from '../../../test/support/measurement-stream.ts'
import { startServer, type TestServer } from '../../../test/support/server.ts'
import { limitsPerMinute } from '../../http/limits.ts'

let server: TestServer
let door: Door
let partner: PartnerOfTest
let keyOfAll: string
/** A site that every test may use, and one that its test ends in some way. */
let common: Site
let site: Site
const open: ReadStream[] = []
const lines = new Connections(4)
let count = 0

interface Site {
  customer: CustomerOfTest
  token: string
  live: ReadStream
}

beforeAll(async () => {
  server = await startServer({ flags: ['--rate-limit-factor', '100'] })
  door = new Door(server.url, server.dataDir)
  partner = await door.partner('Partner')
  keyOfAll = (await door.key(partner.portal, 'all')).secret
  common = await newSite(partner)
})
afterAll(async () => {
  for (const stream of open) stream.close()
  lines.close()
  await server.close()
})
beforeEach(() => {
  site = common
})
afterEach(() => {
  if (site !== common) site.live.close()
})

async function newSite(partner: PartnerOfTest, key: string = keyOfAll): Promise<Site> {
  count += 1
  const customer = await door.customer(`Customer ${count}`, partner)
  const { token } = await door.gateway(customer.portal)
  const sensor = { ref: 'load', deviceRef: 'ups', label: 'Load', type: 'LOAD' }
  await lines.batch(server.url, token, {
    batchId: 'devices',
    inventory: { full: true, locations: [], devices: [{ ref: 'ups', type: 'UPS', label: 'UPS' }] },
    sensors: { full: true, sensors: [sensor] },
  })
  return { customer, token, live: await live(customer, key) }
}

const pathOf = ({ id }: CustomerOfTest) => `${server.url}/rest/v1/organizations/${id}/measurements`

async function live(customer: CustomerOfTest, key: string = keyOfAll): Promise<ReadStream> {
  const stream = await openStream(`${pathOf(customer)}/live`, key)
  expect(stream.status).toBe(200)
  open.push(stream)
  return stream
}

/** Stores a measurement and returns its offset, as the live stream carries it. */
async function offsetOf(value: number, { token, live }: Site = site): Promise<string> {
  count += 1
  const line = { sensorRef: 'load', timestamp: new Date().toISOString(), numericValue: value }
  const url = `${server.url}/ingest/v1/measurements?batchId=m-${count}`
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' }
  expect((await lines.send('POST', url, headers, Buffer.from(JSON.stringify(line)))).status).toBe(200)
  await live.until(`the value ${value}`, (read) => read.at(-1)?.numericValue === value)
  return offsetsIn(live.lines).at(-1) as string
}

async function replay(from: string, to: string, { customer }: Site = site): Promise<{ status: number; lines: StreamLine[] }> {
  const stream = await openStream(`${pathOf(customer)}/replay?fromOffset=${from}&toOffset=${to}`, keyOfAll)
  expect(await stream.ended).toBe('properly')
  return stream
}

const completed = { replaySystemMessageType: 'CompletedReplaySystemMessage', message: expect.any(String) }
const unusable = { status: 400, lines: [{ type: expect.stringMatching(/#replay-offset-unusable$/) }] }

describe('a replay', () => {
  test('from an offset to itself is complete at once', async () => {
    const offset = await offsetOf(1)
    expect(await replay(offset, offset)).toMatchObject({ status: 200, lines: [completed] })
  })

  test('carries everything behind the first offset up to the second, their blocks and offsets as they were', async () => {
    const offsets: string[] = []
    for (let value = 0; value < 8; value += 1) offsets.push(await offsetOf(value))
    const { lines } = await replay(offsets[1] as string, offsets[6] as string)
    expect(lines).toEqual([...site.live.lines.slice(-6, -1), completed])
  })

  test('is refused where the offsets are turned round', async () => {
    const [one, other] = [await offsetOf(1), await offsetOf(2)]
    expect(await replay(other, one)).toMatchObject(unusable)
  })

  test('is refused for offsets that are not ours, or of another organization, all alike', async () => {
    const other = await newSite(partner)
    const [own, strange] = [await offsetOf(1), await offsetOf(2, other)]
    for (const offset of ['AAAAAAAAAAAAAAAAAAAAAA', strange, 'x', '', `${own}A`]) {
      expect(await replay(own, offset)).toMatchObject(unusable)
      expect(await replay(offset, own)).toMatchObject(unusable)
    }
    expect(await replay(strange, strange)).toMatchObject(unusable)
  })

  test('is refused for an offset that expired with its day', async () => {
    site = await newSite(partner)
    const offset = await offsetOf(1)
    // As if it had been accepted long ago, and its day dropped.
    await server.database.system.rows(sql`
      delete from measurement_block b using measurement_log l
       where l.code = b.code and l.organization_id = ${site.customer.id}`)
    const next = await offsetOf(2)
    expect(await replay(offset, next)).toMatchObject(unusable)
  })

  test('reaches not behind the present consent, and nothing accepted between two is ever sent', async () => {
    site = await newSite(partner)
    const before = await offsetOf(1)
    const consent = `/partnerships/${site.customer.partnershipId}/consent`
    await site.customer.portal.send('DELETE', consent)
    expect(await site.live.ended).toBe('properly')
    await site.customer.portal.send('PUT', consent, {})
    site.live = await live(site.customer)
    const [first, second] = [await offsetOf(3), await offsetOf(4)]
    expect(await replay(before, second)).toMatchObject(unusable)
    expect((await replay(first, second)).lines).toMatchObject([{ numericValue: 4 }, completed])
  })

  test('reaches not behind the moment from which measurements are shared again, and over every other change of the limits', async () => {
    site = await newSite(partner)
    const consent = `/partnerships/${site.customer.partnershipId}/consent`
    const limit = (kinds: object, more: object = {}) => site.customer.portal.send('PUT', consent, { kinds, ...more })
    const before = await offsetOf(1)
    await limit({ inventory: false, alarms: true, sensors: true }, { endsAt: new Date(Date.now() + 3_600_000).toISOString() })
    const changed = await offsetOf(2)
    expect((await replay(before, changed)).lines).toMatchObject([{ numericValue: 2 }, completed])
    await limit({ inventory: true, alarms: true, sensors: false })
    expect(await site.live.ended).toBe('properly')
    await limit({ inventory: true, alarms: true, sensors: true })
    site.live = await live(site.customer)
    const [first, second] = [await offsetOf(3), await offsetOf(4)]
    expect(await replay(changed, second)).toMatchObject(unusable)
    expect((await replay(first, second)).lines).toMatchObject([{ numericValue: 4 }, completed])
  })

  test('reaches over a renewal of the subscription, and not over a time without one', async () => {
    site = await newSite(partner)
    const before = await offsetOf(1)
    const { id } = site.customer
    // The period ended just now, and the next one began in the same moment.
    await server.database.script(`
      update subscription set ends_at = clock_timestamp() where company_id = '${id}';
      insert into subscription (company_id, kind, starts_at, ends_at)
      select '${id}', 'paid', ends_at, ends_at + interval '1 year' from subscription where company_id = '${id}'`)
    expect(await site.live.ended).toBe('properly')
    site.live = await live(site.customer)
    const renewed = await offsetOf(2)
    expect((await replay(before, renewed)).lines).toMatchObject([{ numericValue: 2 }, completed])

    await server.database.script(`
      update subscription set ends_at = clock_timestamp() where company_id = '${id}' and ends_at > clock_timestamp();
      insert into subscription (company_id, kind, starts_at, ends_at)
      select '${id}', 'paid', max(ends_at) + interval '1 microsecond', max(ends_at) + interval '1 year' from subscription where company_id = '${id}'`)
    expect(await site.live.ended).toBe('properly')
    site.live = await live(site.customer)
    const again = await offsetOf(3)
    expect(await replay(renewed, again)).toMatchObject(unusable)
    expect((await replay(again, again)).lines).toEqual([completed])
  })

  test('that reaches the limit says so and ends, and the next one is a 429', async () => {
    site = await newSite(partner)
    const offsets = [await offsetOf(1), await offsetOf(2), await offsetOf(3)]
    const [first, , last] = offsets as [string, string, string]
    await server.context.limits.takeReplayed(partner.id, site.customer.id, 100 * limitsPerMinute.replayedLines - 1)
    const { status, lines } = await replay(first, last)
    expect([status, lines]).toEqual([
      200,
      [{ replaySystemMessageType: 'RateLimitReachedReplaySystemMessage', message: expect.stringMatching(/Wait \d+ seconds/) }],
    ])
    const refused = await openStream(`${pathOf(site.customer)}/replay?fromOffset=${first}&toOffset=${last}`, keyOfAll)
    expect([refused.status, Number(refused.headers['retry-after']) > 0]).toEqual([429, true])
  })
})

describe('a stream', () => {
  test('is ended by the clock alone when the date of the consent comes', async () => {
    site = await newSite(partner)
    const consent = `/partnerships/${site.customer.partnershipId}/consent`
    await site.customer.portal.send('PUT', consent, { endsAt: new Date(Date.now() + 600).toISOString() })
    expect(await site.live.ended).toBe('properly')
    expect((await openStream(`${pathOf(site.customer)}/live`, keyOfAll)).status).toBe(403)
  })

  test('is ended by the clock alone when the subscription runs out', async () => {
    site = await newSite(partner)
    const { id } = site.customer
    await server.database.script(`
      update subscription set ends_at = clock_timestamp() + interval '400 milliseconds' where company_id = '${id}'`)
    expect(await site.live.ended).toBe('properly')
    expect((await openStream(`${pathOf(site.customer)}/live`, keyOfAll)).status).toBe(403)
  })

  test('has one of ten places of its key, and gives it back at its end', async () => {
    const other = await door.partner('Partner of one')
    const own = (await door.key(other.portal, 'all')).secret
    const { customer } = await newSite(other, own)
    const one = () => openStream(`${pathOf(customer)}/live`, own)
    const streams = await Promise.all(Array.from({ length: 9 }, one))
    open.push(...streams)
    expect(streams.map(({ status }) => status)).toEqual(Array(9).fill(200))
    const refused = await one()
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '10'])
    streams[0]?.close()
    await expect.poll(async () => (await one()).status, { timeout: 10_000 }).toBe(200)
  })
})

describe('a simulated stream', () => {
  const simulated = (query: string) => openStream(`${pathOf(site.customer)}/live-simulator?${query}`, keyOfAll)

  test('makes up values at the asked rate, the same ones for the same seed', async () => {
    const read = async (seed: number) => {
      const stream = await simulated(`measurementsPerSecond=500&sensorCount=7&seed=${seed}`)
      await stream.until('400 measurements', (lines) => lines.length >= 400)
      stream.close()
      return stream.lines.slice(0, 400).map(({ timestamp: _, offset: __, ...line }) => line)
    }
    const [one, same, other] = [await read(7), await read(7), await read(8)]
    expect(one).toEqual(same)
    expect(one).not.toEqual(other)
    expect(new Set(one.map(({ sensorId }) => sensorId)).size).toBe(7)
    for (const line of one) expect('numericValue' in line).toBe(!('stringValue' in line))
  })

  test('is ended with its right, as a live one is', async () => {
    site = await newSite(partner)
    const stream = await simulated('measurementsPerSecond=10')
    open.push(stream)
    await site.customer.portal.send('DELETE', `/partnerships/${site.customer.partnershipId}/consent`)
    expect(await stream.ended).toBe('properly')
  })

  test.each([
    'measurementsPerSecond=0',
    'measurementsPerSecond=10001',
    'sensorCount=100001',
    'sensorCount=x',
    'seed=-1',
    'sensorCount=1&sensorCount=2',
  ])('is a 400 with %s', async (query) => {
    expect((await simulated(query)).status).toBe(400)
  })
})
