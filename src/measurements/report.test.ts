import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readReport, reportBounds, TooManyLines } from './report.ts'

const now = new Date('2026-03-01T12:00:00.000Z')
const at = '2026-03-01T11:59:59.123Z'
const read = (text: string, idOf: (ref: string) => string | undefined = () => 's') => readReport(Buffer.from(text), idOf, now)

/** What a line becomes on the wire, for a sensor with the id `s`. */
async function wireOf(text: string): Promise<unknown> {
  const { lines, bad } = await read(text)
  return bad.length > 0 ? bad[0]?.detail : JSON.parse(lines.toString())
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
  ])('%s is good', async (_, text, value) => {
    expect(await wireOf(text)).toEqual({ sensorId: 's', timestamp: at, ...value })
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
  ])('with %s is bad, with what to do', async (_, text, detail) => {
    expect(await wireOf(text)).toMatch(detail)
  })

  test('is counted from 1, with empty ones between, and the last one needs no end', async () => {
    const good = `{"sensorRef":"a","timestamp":"${at}","numericValue":1}`
    const { lines, count, bad } = await read(`${good}\r\n\n  \nbad\n${good}`)
    expect(count).toBe(2)
    expect(lines.toString()).toBe(`${good}\n${good}\n`.replaceAll('"sensorRef":"a"', '"sensorId":"s"'))
    expect(bad.map(({ line }) => line)).toEqual([4])
  })

  test('of a sensor that is not known is bad, in either form, and the others are not', async () => {
    const of = (ref: string) => `{"sensorRef":"${ref}","timestamp":"${at}","numericValue":1}`
    const { count, bad } = await read([of('a'), of('b'), of('ü'), ` ${of('a')}`].join('\n'), (ref) =>
      ref === 'a' ? 's' : undefined,
    )
    expect(count).toBe(2)
    expect(bad).toEqual([
      { line: 2, detail: 'there is no sensor "b": report it in a batch first' },
      { line: 3, detail: 'there is no sensor "ü": report it in a batch first' },
    ])
  })

  test('may be longer on the wire than it came', async () => {
    const short = Array.from({ length: 100 }, () => `{"sensorRef":"a","timestamp":"${at}","numericValue":1}`).join('\n')
    const { lines } = await read(short, () => 'abcdefghij')
    expect(lines.toString()).toBe(`${short}\n`.replaceAll('"sensorRef":"a"', '"sensorId":"abcdefghij"'))
  })

  test('says the same on the quick way and on the slow one', async () => {
    const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer())
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }), number, async (ref, value) => {
        const line = { sensorRef: ref, timestamp: at, numericValue: value }
        const readAlone = async (text: string) => {
          const refs: string[] = []
          const { lines, count, bad } = await read(text, (given) => {
            refs.push(given)
            return 's'
          })
          expect(count + bad.length).toBe(1)
          return { refs, bad, line: count === 0 ? null : JSON.parse(lines.toString()) }
        }
        const slow = await readAlone(JSON.stringify(line, null, 1).replaceAll('\n', ' '))
        expect(await readAlone(JSON.stringify(line))).toEqual(slow)
      }),
    )
  })
})

test('a report of more lines than one may have is refused before any is read, be they empty', async () => {
  for (const line of ['x\n', '\n', '{}\n'])
    await expect(read(line.repeat(reportBounds.linesMax + 1))).rejects.toThrow(TooManyLines)
  expect((await read('{}\n'.repeat(reportBounds.linesMax))).bad.length).toBe(reportBounds.linesMax)
})

test('a report of bad lines lets others have their turn', async () => {
  let turns = 0
  const others = setInterval(() => {
    turns += 1
  }, 0)
  await read('{"sensorRef":}\n'.repeat(reportBounds.linesMax))
  clearInterval(others)
  expect(turns).toBeGreaterThan(10)
})
