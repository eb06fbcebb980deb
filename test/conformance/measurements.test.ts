import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { organizationsOf } from './families.ts'
import { closeStreams, documentsOf, liveOf, type OpenStream, offsetsOf, openStream } from './measurement-streams.ts'
import { ask, askRaw, offsetOfNobody } from './operations.ts'
import { problemOf } from './problems.ts'
import { world } from './world.ts'

/** Measurements come in every second or so: six blocks of them take less than this. */
const blocksWithinMs = 60_000
const organizationId =
  world.measured?.find((id) => !world.management?.withdrawals?.some(({ organization }) => organization === id)) ?? ''

afterAll(closeStreams)

const replayed = (fromOffset: string, toOffset: string) =>
  openStream('replayMeasurements', world.keys.all, { organizationId, query: `fromOffset=${fromOffset}&toOffset=${toOffset}` })

describe.runIf(organizationId !== '')('live measurements (contract, section 5)', { timeout: 180_000 }, () => {
  let live: OpenStream
  let late: OpenStream
  /** What the first had carried when the second one was asked for. */
  let before: number
  beforeAll(async () => {
    live = await liveOf('all', organizationId)
    await live.until('two offsets', () => offsetsOf(live).length >= 2, blocksWithinMs)
    before = live.lines.length
    late = await liveOf('all', organizationId)
    await live.until('six offsets', () => offsetsOf(live).length >= 6, blocksWithinMs)
    await late.until('three offsets', () => offsetsOf(late).length >= 3, blocksWithinMs)
  }, 120_000)

  test('are readable as they come, batch by batch, while the stream is open', () => {
    const times = live.lines.filter(({ text }) => text.includes('"offset"')).map(({ at }) => at)
    const pauses = times.slice(1).map((at, index) => at - (times[index] as number))
    expect(pauses.length).toBeGreaterThanOrEqual(5)
    expect(pauses.filter((ms) => ms > 200).length).toBeGreaterThanOrEqual(3)
  })

  test('begin with the moment of connecting, and are the same for every reader', () => {
    const texts = (stream: OpenStream) => stream.lines.map(({ text }) => text).filter((text) => text !== '')
    const earlier = new Set(
      live.lines
        .slice(0, before)
        .map(({ text }) => text)
        .filter((text) => text !== ''),
    )
    expect(texts(late).filter((text) => earlier.has(text))).toEqual([])
    const [first = ''] = texts(late)
    const common = texts(live).slice(texts(live).indexOf(first))
    const length = Math.min(common.length, texts(late).length)
    expect(length).toBeGreaterThan(0)
    expect(texts(late).slice(0, length)).toEqual(common.slice(0, length))
  })

  test('carry offsets, each once, the last of them no longer than two seconds of measurements ago', () => {
    const offsets = offsetsOf(live)
    expect(new Set(offsets).size).toBe(offsets.length)
    let since: number | undefined
    for (const { text, at } of live.lines) {
      if (text === '') continue
      since ??= at
      if (text.includes('"offset"')) since = undefined
      else expect(at - since).toBeLessThan(2_000)
    }
  })

  test('name sensors of the organization', async () => {
    const { sensors } = JSON.parse((await ask('listSensors', 'all', { organizationId })).text) as { sensors: { id: string }[] }
    const known = new Set(sensors.map(({ id }) => id))
    expect(documentsOf(live).filter(({ sensorId }) => !known.has(sensorId as string))).toEqual([])
  })
})

describe.runIf(organizationId !== '')('a replay (contract, section 5)', { timeout: 180_000 }, () => {
  let live: OpenStream
  let offsets: string[]
  beforeAll(async () => {
    live = await liveOf('all', organizationId)
    await live.until('five offsets', () => offsetsOf(live).length >= 5, blocksWithinMs)
    offsets = offsetsOf(live)
    live.close()
  }, 120_000)

  /** The measurements behind one offset, up to and with another. */
  const between = (from: string | undefined, to: string | undefined) => {
    const documents = documentsOf(live)
    const place = (offset: string | undefined) => documents.findIndex((one) => one.offset === offset)
    return documents.slice(place(from) + 1, place(to) + 1)
  }
  const completed = { replaySystemMessageType: 'CompletedReplaySystemMessage', message: expect.any(String) }

  test.each([
    [0, 1],
    [0, 3],
    [1, 4],
  ])('sends what lies behind the %i. offset, up to the %i., then one Completed message, then ends', async (from, to) => {
    const replay = await replayed(offsets[from] ?? '', offsets[to] ?? '')
    expect(await replay.ended()).toBe('properly')
    expect(documentsOf(replay)).toEqual([...between(offsets[from], offsets[to]), completed])
    expect(offsetsOf(replay)).toEqual(offsets.slice(from + 1, to + 1))
  })

  test('from an offset to the same one completes at once', async () => {
    const asked = performance.now()
    const replay = await replayed(offsets[2] ?? '', offsets[2] ?? '')
    expect(await replay.ended()).toBe('properly')
    expect(documentsOf(replay)).toEqual([completed])
    expect(performance.now() - asked).toBeLessThan(5_000)
  })

  test('carries on from any offset that it gave, and gives the same a second time', async () => {
    const whole = await replayed(offsets[0] ?? '', offsets[4] ?? '')
    expect(await whole.ended()).toBe('properly')
    const reached = offsetsOf(whole)[1] ?? ''
    const rest = await replayed(reached, offsets[4] ?? '')
    expect(await rest.ended()).toBe('properly')
    expect([...between(offsets[0], reached), ...documentsOf(rest)]).toEqual(documentsOf(whole))
  })

  const unusable: Record<string, (a: string, b: string) => string> = {
    'nothing at all': () => '',
    'no toOffset': (a) => `fromOffset=${a}`,
    'no fromOffset': (_, b) => `toOffset=${b}`,
    'empty offsets': () => 'fromOffset=&toOffset=',
    'the first behind the second': (a, b) => `fromOffset=${b}&toOffset=${a}`,
    'offsets of nobody': () => `fromOffset=${offsetOfNobody}&toOffset=${offsetOfNobody}`,
    'one of nobody at the end': (a) => `fromOffset=${a}&toOffset=${offsetOfNobody}`,
    'one of nobody at the beginning': (_, b) => `fromOffset=${offsetOfNobody}&toOffset=${b}`,
    numbers: () => 'fromOffset=0&toOffset=1',
    'an offset cut short': (a, b) => `fromOffset=${a.slice(0, -1)}&toOffset=${b}`,
    'an offset with a character too many': (a, b) => `fromOffset=${a}A&toOffset=${b}`,
    'two of a kind': (a, b) => `fromOffset=${a}&fromOffset=${a}&toOffset=${b}`,
    'a null character': (_, b) => `fromOffset=%00&toOffset=${b}`,
    'bytes that are no UTF-8': (_, b) => `fromOffset=%ff&toOffset=${b}`,
    'a quote': (_, b) => `fromOffset=%27%20or%201%3D1--&toOffset=${b}`,
    'a very long text': (_, b) => `fromOffset=${'x'.repeat(5_000)}&toOffset=${b}`,
  }

  test.each(Object.entries(unusable))('%s: a 400 as a problem', async (_, queryOf) => {
    const query = queryOf(offsets[1] ?? '', offsets[2] ?? '')
    const reply = await askRaw('replayMeasurements', 'all', { organizationId, query })
    expect([reply.status, problemOf(reply).status]).toEqual([400, 400])
  })

  test("another organization's offsets are a 400, like those of nobody", async () => {
    const other = (await organizationsOf('all')).find(({ id }) => id !== organizationId)
    const pair = (a?: string, b?: string) => `fromOffset=${a}&toOffset=${b}`
    const theirs = await ask('replayMeasurements', 'all', {
      organizationId: other?.id ?? '',
      query: pair(offsets[1], offsets[2]),
    })
    const nobodys = await ask('replayMeasurements', 'all', { organizationId, query: pair(offsetOfNobody, offsetOfNobody) })
    expect([theirs.status, nobodys.status]).toEqual([400, 400])
    expect({ ...problemOf(theirs), requestId: '' }).toEqual({ ...problemOf(nobodys), requestId: '' })
  })

  test("the simulator's offsets are a 400", async () => {
    const simulated = await openStream('simulatedLiveMeasurements', world.keys.all, {
      organizationId,
      query: 'measurementsPerSecond=10',
    })
    await simulated.until('an offset', () => offsetsOf(simulated).length > 0)
    simulated.close()
    const [offset] = offsetsOf(simulated)
    const query = `fromOffset=${offset}&toOffset=${offset}`
    expect((await ask('replayMeasurements', 'all', { organizationId, query })).status).toBe(400)
  })
})
