import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readReport, reportBounds, TooManyLines } from './report.ts'
import { SensorTable } from './sensor-table.ts'
import { Threads } from './threads.ts'

const now = new Date('2026-03-01T12:00:00.000Z')
const at = '2026-03-01T11:59:59.123Z'
const seed = 1
const read = (text: string, sensors: Record<string, string> = { a: 's' }) => {
  const { lines, ...rest } = readReport(Buffer.from(text), SensorTable.of(new Map(Object.entries(sensors)), seed), now)
  return { ...rest, lines: Buffer.from(lines).toString() }
}

/** What a line becomes on the wire, for the sensor `a` with the id `s`. */
function wireOf(text: string): unknown {
  const { lines, bad } = read(text)
  return bad.length > 0 ? bad[0]?.detail : JSON.parse(lines)
}

describe('a line of a report', () => {
  test.each([
    ['as our gateway writes it', `{"sensorRef":"a","timestamp":"${at}","numericValue":21.5}`, { numericValue: 21.5 }],
    [
      'in another order and spaced',
      ` { "numericValue" : -2e3 , "timestamp":"${at}", "sensorRef":"a" } `,
      { numericValue: -2000 },
    ],
    ['with a text', `{"sensorRef":"a","timestamp":"${at}","stringValue":"O\\"n"}`, { stringValue: 'O"n' }],
    [
      'with a time of another zone',
      `{"sensorRef":"a","timestamp":"2026-03-01T12:59:59.1234+01:00","numericValue":1}`,
      { numericValue: 1 },
    ],
    [
      'with a large number',
      `{"sensorRef":"a","timestamp":"${at}","numericValue":12345678901234567890}`,
      { numericValue: 12345678901234567000 },
    ],
  ])('%s is good', (_, text, value) => {
    expect(wireOf(text)).toEqual({ sensorId: 's', timestamp: at, ...value })
  })

  test.each([
    ['no JSON', '{"sensorRef":}', /is not JSON/],
    ['half an object', '{"sensorRef":"a"', /is not a JSON object/],
    ['no object', '[1]', /is not a JSON object/],
    ['far too much', `{${' '.repeat(5_000)}}`, /more than 4000 characters/],
    ['an unknown property', `{"sensorRef":"a","timestamp":"${at}","numericValue":1,"unit":"V"}`, /"unit" is not known/],
    ['no sensor', `{"timestamp":"${at}","numericValue":1}`, /sensorRef must be/],
    ['no time', '{"sensorRef":"a","numericValue":1}', /timestamp is not a time/],
    [
      'a day that is none',
      '{"sensorRef":"a","timestamp":"2026-02-30T00:00:00.000Z","numericValue":1}',
      /timestamp is not a time/,
    ],
    [
      'an hour that is none',
      '{"sensorRef":"a","timestamp":"2026-02-20T24:30:00.000Z","numericValue":1}',
      /timestamp is not a time/,
    ],
    [
      'a time without a zone',
      '{"sensorRef":"a","timestamp":"2026-02-20T10:00:00.000","numericValue":1}',
      /timestamp is not a time/,
    ],
    ['a time to come', '{"sensorRef":"a","timestamp":"2026-03-01T14:00:00.000Z","numericValue":1}', /lies in the future/],
    ['a time long ago', '{"sensorRef":"a","timestamp":"1969-12-31T23:59:59.000Z","numericValue":1}', /before the year 1970/],
    ['no value', `{"sensorRef":"a","timestamp":"${at}"}`, /either numericValue/],
    ['both values', `{"sensorRef":"a","timestamp":"${at}","numericValue":1,"stringValue":"x"}`, /either numericValue/],
    ['a number that is none', `{"sensorRef":"a","timestamp":"${at}","numericValue":1e999}`, /either numericValue/],
    ['a number as a text', `{"sensorRef":"a","timestamp":"${at}","numericValue":"1"}`, /either numericValue/],
    ['a leading zero', `{"sensorRef":"a","timestamp":"${at}","numericValue":01}`, /is not JSON/],
    ['an empty text', `{"sensorRef":"a","timestamp":"${at}","stringValue":""}`, /either numericValue/],
    ['a NUL', `{"sensorRef":"a","timestamp":"${at}","stringValue":"a\\u0000"}`, /either numericValue/],
    ['half of a pair', `{"sensorRef":"a","timestamp":"${at}","stringValue":"\\ud800"}`, /either numericValue/],
  ])('with %s is bad, with what to do', (_, text, detail) => {
    expect(wireOf(text)).toMatch(detail)
  })

  test('is counted from 1, with empty ones between, and the last one needs no end', () => {
    const good = `{"sensorRef":"a","timestamp":"${at}","numericValue":1}`
    const { lines, count, bad } = read(`${good}\r\n\n  \nbad\n${good}`)
    expect(count).toBe(2)
    expect(lines).toBe(`${good}\n${good}\n`.replaceAll('"sensorRef":"a"', '"sensorId":"s"'))
    expect(bad.map(({ line }) => line)).toEqual([4])
  })

  test('of a sensor that is not known is bad, in either form, and the others are not', () => {
    const of = (ref: string) => `{"sensorRef":"${ref}","timestamp":"${at}","numericValue":1}`
    const { count, bad } = read([of('a'), of('b'), of('ü'), ` ${of('a')}`].join('\n'))
    expect(count).toBe(2)
    expect(bad).toEqual([
      { line: 2, detail: 'there is no sensor "b": report it in a batch first' },
      { line: 3, detail: 'there is no sensor "ü": report it in a batch first' },
    ])
  })

  test('may be longer on the wire than it came', () => {
    const short = Array.from({ length: 100 }, () => `{"sensorRef":"a","timestamp":"${at}","numericValue":1}`).join('\n')
    const { lines } = read(short, { a: 'abcdefghij' })
    expect(lines).toBe(`${short}\n`.replaceAll('"sensorRef":"a"', '"sensorId":"abcdefghij"'))
  })

  test('says the same on the quick way and on the slow one', () => {
    const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer())
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }), number, (ref, value) => {
        const line = { sensorRef: ref, timestamp: at, numericValue: value }
        const readAlone = (text: string) => {
          const { lines, count, bad } = read(text, { other: 'x', [ref]: 's' })
          expect(count + bad.length).toBe(1)
          return { bad, line: count === 0 ? null : JSON.parse(lines) }
        }
        const slow = readAlone(JSON.stringify(line, null, 1).replaceAll('\n', ' '))
        expect(readAlone(JSON.stringify(line))).toEqual(slow)
      }),
    )
  })
})

describe('a time', () => {
  test.each([
    ['of the day before', '2026-02-28T23:59:59.999Z', 1],
    ['of a day that is none', '2026-02-29T00:00:00.000Z', 0],
    ['an hour ahead', '2026-03-01T13:00:00.000Z', 1],
    ['more than an hour ahead', '2026-03-01T13:00:00.001Z', 0],
    ['of another hour that is none', '2026-03-01T24:00:00.000Z', 0],
    ['before 1970', '1969-12-31T23:59:59.999Z', 0],
  ])('%s is looked at, whatever the line before had', (_, time, good) => {
    const lines = [at, time, at].map((one) => `{"sensorRef":"a","timestamp":"${one}","numericValue":1}`)
    const { count, bad } = read(lines.join('\n'))
    expect([count, bad.map(({ line }) => line)]).toEqual([2 + good, good ? [] : [2]])
  })
})

test('a report of more lines than one may have is refused, be they empty', () => {
  for (const line of ['x\n', '\n', '{}\n']) expect(() => read(line.repeat(reportBounds.linesMax + 1))).toThrow(TooManyLines)
  expect(read('{}\n'.repeat(reportBounds.linesMax)).bad.length).toBe(reportBounds.linesMax)
})

test('a report of bad lines lets others have their turn', async () => {
  const threads = new Threads(1)
  let turns = 0
  const others = setInterval(() => {
    turns += 1
  }, 0)
  const body = Buffer.from('{"sensorRef":}\n'.repeat(reportBounds.linesMax))
  const { names } = SensorTable.of(new Map(), seed)
  await threads.do('readReport', body.length, { body, isGzip: false, bytesMax: body.length, names, now })
  clearInterval(others)
  await threads.close()
  expect(turns).toBeGreaterThan(10)
})
