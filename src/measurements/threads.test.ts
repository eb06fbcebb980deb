import { randomBytes } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { newBlockToken, offsetOfToken } from '../domain/replay-offset.ts'
import { encodeBlock } from './block.ts'
import { SensorTable } from './sensor-table.ts'
import { Threads } from './threads.ts'

const threads = new Threads(1)
afterAll(() => threads.close())

const now = new Date('2026-03-01T12:00:00.000Z')
const sensors = SensorTable.of(new Map(Array.from({ length: 50 }, (_, nth) => [`s/${nth}`, `abcdef${nth}`])), 7)

/** Bytes that are done at once, and that are not. */
const [few, many] = [0, 1e6]

/** Reports of all sensors, over three hours, with texts among the numbers. */
const body = Buffer.from(
  Array.from({ length: 2_000 }, (_, nth) => {
    const timestamp = new Date(now.getTime() - (2_000 - nth) * 5_000).toISOString()
    const value = nth % 7 === 0 ? { stringValue: `on ${nth % 3}` } : { numericValue: nth / 3 }
    return `${JSON.stringify({ sensorRef: `s/${(nth * 13) % 50}`, timestamp, ...value })}\n`
  }).join(''),
)

const readIn = async (bytes: number) => {
  const read = await threads.do('readReport', bytes, { body, isGzip: false, bytesMax: body.length, names: sensors.names, now })
  if ('refused' in read) throw new Error(read.refused)
  return { ...read, lines: Buffer.from(read.lines), digest: Buffer.from(read.digest) }
}

test('a thread gives what is given at once: reports, blocks, hours and what is stored of them', async () => {
  const read = await readIn(many)
  expect(read).toEqual(await readIn(few))
  expect(read.count).toBe(2_000)

  const offsets = Array.from({ length: 20 }, () => offsetOfToken(newBlockToken(randomBytes)))
  const makeBlocks = (bytes: number) => threads.do('makeBlocks', bytes, { lines: [read.lines, read.lines], offsets })
  const blocks = await makeBlocks(many)
  expect(blocks.length).toBeGreaterThan(4)
  expect(blocks.map((block) => ({ ...block, block: Buffer.from(block.block) }))).toEqual(await makeBlocks(few))

  const accepted = blocks.map(({ block }) => ({ acceptedAt: now.getTime() / 1000, block }))
  const sumUp = (bytes: number) => threads.do('sumUp', bytes, { blocks: accepted, oldest: 0, hoursMax: 1e6 })
  const summed = await sumUp(many)
  expect(summed).toEqual(await sumUp(few))
  expect([summed.taken, summed.at.length]).toEqual([blocks.length, 4_000])

  const stored = summed.pieces.map(() => new Uint8Array(4 * summed.begins.length))
  const storedForm = async (bytes: number) =>
    (await threads.do('storedForm', bytes, { ...summed, stored })).map((piece) => ({ ...piece, slots: Buffer.from(piece.slots) }))
  expect(await storedForm(many)).toEqual(await storedForm(few))
})

test('hours are stored by the thousands a statement, and each is where its piece says', async () => {
  const ids = Array.from({ length: 4_500 }, (_, nth) => `abcdef${nth}`)
  const lines = ids.map((id, nth) => `{"sensorId":"${id}","timestamp":"${now.toISOString()}","numericValue":${nth}}\n`).join('')
  const { block } = encodeBlock(Buffer.from(lines), ids.length, offsetOfToken(newBlockToken(randomBytes)))
  const summed = await threads.do('sumUp', many, {
    blocks: [{ acceptedAt: now.getTime() / 1000, block }],
    oldest: 0,
    hoursMax: 10,
  })
  const listed = (text: string) => text.slice(1, -1).split(',')
  const stored = summed.pieces.map(({ sensorIds }) => new Uint8Array(4 * listed(sensorIds).length))
  const pieces = await threads.do('storedForm', many, { ...summed, stored })
  expect(pieces.map(({ sensorIds }) => listed(sensorIds).length)).toEqual([2_000, 2_000, 500])
  const values = pieces.flatMap(({ froms, lengths, slots }) =>
    // A slot with one number ends with it, and these have no other.
    listed(froms).map((from, nth) => Buffer.from(slots).readDoubleBE(Number(from) - 1 + Number(listed(lengths)[nth]) - 8)),
  )
  expect(values).toEqual(ids.map((_, nth) => nth))
})

test('a task that fails fails alone, and one whose thread ends is told so; the next one has a new thread', async () => {
  const broken = { blocks: [{ acceptedAt: 0, block: new Uint8Array([0xff]) }], oldest: 0, hoursMax: 1 }
  await expect(threads.do('sumUp', many, broken)).rejects.toThrow()
  const isTold = expect(readIn(many)).rejects.toThrow('A thread ended.')
  await threads.close()
  await isTold
  expect(await readIn(many)).toMatchObject({ count: 2_000 })
})
