import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call } from './client.ts'
import { firstOf, organizationsOf } from './families.ts'
import { closeStreams, documentsOf, liveOf, type OpenStream, openStream } from './measurement-streams.ts'
import { ask, askRaw, ofStreams, pathWith } from './operations.ts'
import { problemOf } from './problems.ts'
import { world } from './world.ts'

const headWithinMs = 5_000
/** By hand, from the contract and the issue: heartbeats, with what a busy machine adds; streams of a key, and simulated ones of them. */
const heartbeatWithinMs = 10_000 + 3_000
const streamsOfKey = 10
const simulatedOfKey = 2

const streamIds = ofStreams.map(({ operationId }) => operationId)
const endless = ['liveMeasurements', 'simulatedLiveMeasurements']
const spare = world.spareKey ?? world.keys.specific

afterAll(closeStreams)

describe('measurement streams (contract, section 5)', { timeout: 180_000 }, () => {
  let organizationId: string
  beforeAll(async () => {
    organizationId = await firstOf('own')
  })
  const open = (operationId: string, headers: Record<string, string> = {}) =>
    openStream(operationId, world.keys.own, { organizationId }, { headers })

  test.each(endless)(
    '%s: the head and the gzip header are sent at once, before there is anything to say',
    async (operationId) => {
      const asked = performance.now()
      const stream = await open(operationId)
      expect(stream.status).toBe(200)
      expect(stream.headers).toMatchObject({ 'transfer-encoding': 'chunked', 'content-encoding': 'gzip' })
      expect(stream.headers['content-length']).toBeUndefined()
      await stream.until('the first byte', () => stream.firstByteAt() !== undefined, headWithinMs)
      expect((stream.firstByteAt() as number) - asked).toBeLessThan(headWithinMs)
      stream.close()
    },
  )

  test('a live stream without measurements carries a heartbeat every 10 seconds, and nothing else', async () => {
    const measured = world.measured ?? []
    const still = (await organizationsOf('all')).find(({ id }) => !measured.includes(id) && isAtRest(id))
    const stream = await liveOf('all', still?.id ?? '')
    const opened = performance.now()
    await stream.until('a heartbeat', () => stream.lines.length > 0, heartbeatWithinMs)
    await stream.until('another one', () => stream.lines.length > 1, heartbeatWithinMs)
    const [first, second] = stream.lines
    expect([first?.text, second?.text]).toEqual(['', ''])
    expect((first?.at ?? 0) - opened).toBeGreaterThan(0)
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeLessThan(heartbeatWithinMs)
    stream.close()
  })

  test.each([
    'gzip',
    'GZIP',
    'x-gzip',
    'gzip;q=0.5',
    'br, deflate, gzip',
    'gzip, deflate',
    'deflate;q=1.0, gzip;q=0.001',
    'identity;q=0, gzip',
  ])('Accept-Encoding: %s is answered with gzip', async (encoding) => {
    for (const operationId of endless) {
      const reply = await ask(operationId, 'own', { organizationId }, { headers: { 'accept-encoding': encoding } })
      expect([reply.status, reply.headers['content-encoding']]).toEqual([200, 'gzip'])
    }
  })

  test.each([undefined, '', 'identity', 'br', 'deflate', 'gzip;q=0', 'br, gzip; q=0.0', '*;q=0', 'gzipped'])(
    'Accept-Encoding: %s is a 406, as a problem, before any other fault of the request',
    async (encoding) => {
      for (const operation of ofStreams) {
        for (const id of [organizationId, 'no-such-organization']) {
          const path = pathWith(operation, { organizationId: id, query: 'fromOffset=/&seed=x' })
          const reply = await call(path, {
            key: world.keys.own,
            headers: encoding === undefined ? {} : { 'accept-encoding': encoding },
          })
          expect(reply.status).toBe(406)
          expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/)
          expect(problemOf(reply)).toMatchObject({ status: 406, type: expect.any(String), requestId: expect.any(String) })
        }
      }
    },
  )

  test.each(streamIds)('%s: 401 comes before 406', async (operationId) => {
    const reply = await ask(operationId, undefined, { organizationId }, { headers: { 'accept-encoding': 'identity' } })
    expect(reply.status).toBe(401)
  })

  test.each(endless)('%s: a request to change to h2c, as the JDK sends it, is answered as HTTP/1.1', async (operationId) => {
    const stream = await open(operationId, {
      connection: 'Upgrade, HTTP2-Settings',
      upgrade: 'h2c',
      'http2-settings': 'AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
    })
    expect([stream.status, stream.httpVersion]).toEqual([200, '1.1'])
    await stream.until('the gzip header', () => stream.firstByteAt() !== undefined, headWithinMs)
    stream.close()
  })
})

describe('the simulator (contract, sections 1 and 5)', { timeout: 180_000 }, () => {
  let organizationId: string
  beforeAll(async () => {
    organizationId = await firstOf('demo')
  })
  const simulated = async (query: string) => {
    const stream = await openStream('simulatedLiveMeasurements', world.keys.demo, { organizationId, query })
    expect(stream.status).toBe(200)
    return stream
  }
  const values = (stream: OpenStream, count: number) =>
    documentsOf(stream)
      .slice(0, count)
      .map(({ sensorId, numericValue, stringValue }) => ({ sensorId, numericValue, stringValue }))

  test('sends about as many measurements a second as were asked for, of as many sensors', async () => {
    const stream = await simulated('measurementsPerSecond=200&sensorCount=7')
    await stream.until('four seconds of it', () => documentsOf(stream).length >= 800)
    // By the times that they bear: when they arrive, the reader's own machine has a say in it.
    const times = documentsOf(stream).map(({ timestamp }) => Date.parse(timestamp as string))
    const rate = (600 * 1000) / ((times[799] as number) - (times[199] as number))
    expect(rate).toBeGreaterThan(150)
    expect(rate).toBeLessThan(250)
    expect(new Set(documentsOf(stream).map(({ sensorId }) => sensorId)).size).toBe(7)
    expect(documentsOf(stream).some(({ offset }) => offset !== undefined)).toBe(true)
    stream.close()
  })

  test('is readable as it comes: each second brings lines', async () => {
    const stream = await simulated('measurementsPerSecond=20')
    for (const count of [10, 20, 40, 60]) await stream.until(`${count} lines`, () => stream.lines.length >= count, 8_000)
    const times = stream.lines.map(({ at }) => at)
    expect((times.at(-1) as number) - (times[0] as number)).toBeGreaterThan(1_500)
    stream.close()
  })

  test('makes the same of the same seed, and something else of another one', async () => {
    const asked = 'measurementsPerSecond=500&sensorCount=20'
    const count = 300
    const streams = [await simulated(`${asked}&seed=7`), await simulated(`${asked}&seed=7`)]
    for (const stream of streams) await stream.until('lines', () => documentsOf(stream).length >= count)
    for (const stream of streams) stream.close()
    const another = await simulated(`${asked}&seed=8`)
    await another.until('lines', () => documentsOf(another).length >= count)
    another.close()
    const [one, same] = streams.map((stream) => values(stream, count))
    expect(same).toEqual(one)
    expect(values(another, count)).not.toEqual(one)
  })

  test('has one measurement a second of ten sensors where nothing else is asked for', async () => {
    const stream = await simulated('')
    await stream.until('eleven', () => documentsOf(stream).length >= 11, 20_000)
    stream.close()
    const ids = documentsOf(stream).map(({ sensorId }) => sensorId)
    expect(new Set(ids.slice(0, 10)).size).toBe(10)
    expect(ids[10]).toBe(ids[0])
    const times = stream.lines.map(({ at }) => at)
    expect((times.at(-1) as number) - (times[0] as number)).toBeGreaterThan(7_000)
  })

  test.each([
    ...['0', '-1', '10001', '1.5', '1e3', 'NaN', '', '%201', '99999999999999999999'].map(
      (text) => `measurementsPerSecond=${text}`,
    ),
    ...['0', '100001', 'ten'].map((text) => `sensorCount=${text}`),
    'seed=abc',
    'seed=1&seed=2',
  ])('a query of %s is a 400', async (query) => {
    expect((await askRaw('simulatedLiveMeasurements', 'demo', { organizationId, query })).status).toBe(400)
  })

  test('is refused where the live stream would be', async () => {
    expect((await ask('simulatedLiveMeasurements', 'demo', { organizationId: 'no-such-organization' })).status).toBe(403)
  })
})

describe('streams at once (issue: 10 of a key, 2 of them simulated; more for who covers more)', { timeout: 180_000 }, () => {
  let covered: string[]
  beforeAll(async () => {
    const headers = { authorization: `bearer ${spare}` }
    const reply = await ask('listOrganizations', undefined, {}, { headers })
    covered = (JSON.parse(reply.text) as { organizations: { id: string }[] }).organizations.map(({ id }) => id).filter(isAtRest)
  })
  const open = (operationId: string) => openStream(operationId, spare, { organizationId: covered[0] ?? '' }, { impatient: true })

  /** Opens streams until one is refused, which is answered; with `close`, all are closed then. */
  async function untilRefused(operationId: string, atMost: number) {
    const streams: OpenStream[] = []
    for (;;) {
      const stream = await open(operationId)
      if (stream.status !== 200) return { streams, refused: stream }
      streams.push(stream)
      if (streams.length > atMost) throw new Error(`${streams.length} streams are open, and none was refused.`)
    }
  }

  test('one too many is a 429 that says how many whole seconds to wait, and a closed one makes room', async () => {
    const allowed = Math.max(streamsOfKey, 2 * (await organizationsOf('all')).length)
    const { streams, refused } = await untilRefused('liveMeasurements', allowed)
    expect(refused.status).toBe(429)
    expect(refused.headers['retry-after']).toMatch(/^[1-9]\d*$/)
    expect(await refused.ended()).toBe('properly')
    expect(streams.length).toBeGreaterThanOrEqual(streamsOfKey)
    expect((await open('replayMeasurements')).status).toBe(429)
    expect(
      (await openStream('liveMeasurements', spare, { organizationId: 'no-such-organization' }, { impatient: true })).status,
    ).toBe(429)

    streams.pop()?.close()
    const until = performance.now() + 5_000
    let again = await open('liveMeasurements')
    while (again.status === 429 && performance.now() < until) again = await open('liveMeasurements')
    expect(again.status).toBe(200)
    for (const stream of [...streams, again]) stream.close()
  })

  test('of simulated ones there are 2', async () => {
    const { streams, refused } = await untilRefused('simulatedLiveMeasurements', simulatedOfKey)
    expect([streams.length, refused.status]).toEqual([simulatedOfKey, 429])
    const live = await open('liveMeasurements')
    expect(live.status).toBe(200)
    for (const stream of [...streams, live]) stream.close()
  })
})

/** Whether no withdrawal of this run is about the organization. */
function isAtRest(id: string): boolean {
  return !world.management?.withdrawals?.some(({ organization }) => organization === id)
}
