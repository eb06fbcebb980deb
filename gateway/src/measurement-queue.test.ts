import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { batchBounds, type MeasurementQueue, openMeasurementQueue } from './measurement-queue.ts'

let directory: string
let ids: number
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'assent-measurements-'))
  ids = 0
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const open = (bytesMax = 1e9) => openMeasurementQueue(directory, { bytesMax }, () => `id${++ids}`)
const files = () => readdirSync(join(directory, 'measurements')).filter((name) => name !== 'refused')
const pathOf = (name: string) => join(directory, 'measurements', name)
const part = (number: number) => `${String(number).padStart(12, '0')}.ndjson.gz`

async function firstOf(queue: MeasurementQueue): Promise<{ id: string; lines: string[] } | null> {
  const batch = await queue.first()
  return batch && { id: batch.id, lines: gunzipSync(batch.gzipped).toString().trimEnd().split('\n') }
}

test('what was added is on the disk, and comes out in its order, joined into one batch', async () => {
  const queue = await open()
  await queue.add(['a', 'b'])
  expect(gunzipSync(readFileSync(pathOf(part(1)))).toString()).toBe('a\nb\n')
  await queue.add(['c'])
  expect(await firstOf(queue)).toEqual({ id: 'id1', lines: ['a', 'b', 'c'] })
  expect(queue.isEmpty()).toBe(false)
  await queue.remove('id1')
  expect([await queue.first(), queue.isEmpty(), files()]).toEqual([null, true, []])
})

test('a batch that may have been sent keeps its id and its content, over restarts and whatever comes after it', async () => {
  const queue = await open()
  await queue.add(['a'])
  const sent = await queue.first()
  await queue.add(['b'])
  expect(await queue.first()).toEqual(sent)
  const opened = await open()
  expect(await opened.first()).toEqual(sent)
  await opened.remove('id1')
  expect(await firstOf(opened)).toEqual({ id: 'id2', lines: ['b'] })
})

test('the numbers of a part go on after a restart, also where the last was part of a batch', async () => {
  const queue = await open()
  await queue.add(['a'])
  await queue.add(['b'])
  await queue.first()
  const opened = await open()
  await opened.add(['c'])
  expect(files()).toEqual(['000000000001-000000000002-id1.ndjson.gz', part(3)])
})

test('a batch holds no more than its bounds, in lines and in bytes, and neither does a part', async () => {
  const queue = await open()
  const counts = async () => {
    const found: number[] = []
    for (let batch = await firstOf(queue); batch; batch = await firstOf(queue)) {
      found.push(batch.lines.length)
      await queue.remove(batch.id)
    }
    return found
  }
  const lines = Array.from({ length: batchBounds.linesMax / 2 }, (_, index) => `${index}`)
  for (let times = 0; times < 3; times += 1) await queue.add(lines)
  expect(await counts()).toEqual([10_000, 5_000])
  await queue.add([...lines, ...lines, ...lines])
  expect(await counts()).toEqual([10_000, 5_000])
  await queue.add(Array.from({ length: 5 }, () => 'x'.repeat(batchBounds.bytesMax / 2 - 1)))
  expect(await counts()).toEqual([2, 2, 1])
  for (const length of [600_000, 400_000, 100_000]) await queue.add(['x'.repeat(length)])
  expect(await counts()).toEqual([2, 1])
})

test('past its bytes the oldest measurements are dropped and counted, not the batch that may have been sent nor the newest', async () => {
  const queue = await open(3 * 4096)
  await queue.add(['sent'])
  await queue.first()
  expect(await queue.add(['a', 'b'])).toBe(0)
  expect(await queue.add(['c'])).toBe(0)
  expect(await queue.add(['d'])).toBe(2)
  expect(await queue.add(['e'])).toBe(1)
  expect(queue.counts).toEqual({ dropped: 3, setAside: 0 })
  expect(await firstOf(queue)).toEqual({ id: 'id1', lines: ['sent'] })
  await queue.remove('id1')
  expect(await firstOf(queue)).toEqual({ id: 'id2', lines: ['d', 'e'] })
  const tiny = await open(1)
  await tiny.add(['f'])
  expect(files()).toEqual(['000000000004-000000000005-id2.ndjson.gz', part(6)])
})

test('what a crash left half done is put in order: parts that are in a batch already, and drafts', async () => {
  const queue = await open()
  for (const line of ['a', 'b']) await queue.add([line])
  for (const number of [1, 2]) copyFileSync(pathOf(part(number)), join(directory, part(number)))
  await queue.first()
  for (const number of [1, 2]) renameSync(join(directory, part(number)), pathOf(part(number)))
  writeFileSync(pathOf('000000000003-000000000004-x.ndjson.gz.draft'), 'half')
  const opened = await open()
  expect(files()).toEqual(['000000000001-000000000002-id1.ndjson.gz'])
  expect(await firstOf(opened)).toEqual({ id: 'id1', lines: ['a', 'b'] })
})

test('what a person deleted is passed over, and what cannot be read goes alone, to be refused', async () => {
  const queue = await open()
  for (const line of ['a', 'b', 'c', 'd']) await queue.add([line])
  rmSync(pathOf(part(1)))
  writeFileSync(pathOf(part(3)), 'not gzip')
  expect(await firstOf(queue)).toEqual({ id: expect.any(String), lines: ['b'] })
  rmSync(pathOf(files()[0] as string))
  const damaged = await queue.first()
  expect(Buffer.from(damaged?.gzipped ?? []).toString()).toBe('not gzip')
  await queue.setAside(damaged?.id as string, '400')
  expect((await firstOf(queue))?.lines).toEqual(['d'])
})

test('what cannot be written is counted as dropped, what was written before it is not, and what comes later is kept', async () => {
  const queue = await open()
  await queue.add(['a'])
  const full = Array.from({ length: batchBounds.linesMax + 5 }, () => 'x')
  // A directory where the second part's draft should be: as on a full disk, the first one is written.
  mkdirSync(pathOf(`${part(3)}.draft`))
  await expect(queue.add(full)).rejects.toThrow()
  expect(queue.counts).toEqual({ dropped: 5, setAside: 0 })
  await queue.add(['b'])
  expect(files().filter((name) => !name.endsWith('.draft'))).toEqual([part(1), part(2), part(4)])
})

test('what is set aside is kept with the reason, and counted', async () => {
  const queue = await open()
  await queue.add(['a'])
  await queue.first()
  await queue.setAside('id1', '422: no')
  const aside = pathOf('refused')
  const name = '000000000001-000000000001-id1.ndjson.gz'
  expect(readdirSync(aside)).toEqual([name, `${name}.why`])
  expect(readFileSync(join(aside, `${name}.why`), 'utf8')).toBe('422: no')
  expect([await queue.first(), queue.counts]).toEqual([null, { dropped: 0, setAside: 1 }])
})

test('over any history of additions, sendings, lost answers and crashes each line is in one batch, in order', async () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.constant('add' as const) },
    { weight: 2, arbitrary: fc.constant('send' as const) },
    { weight: 2, arbitrary: fc.constant('answer' as const) },
    { weight: 1, arbitrary: fc.constant('restart' as const) },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      rmSync(join(directory, 'measurements'), { recursive: true, force: true })
      const received = new Map<string, string[]>()
      let queue = await open()
      let lines = 0
      let sent: { id: string; lines: string[] } | null = null
      const send = async () => {
        sent = await firstOf(queue)
        if (sent === null) return
        if (received.has(sent.id)) expect(received.get(sent.id)).toEqual(sent.lines)
        received.set(sent.id, sent.lines)
      }
      for (const act of [...steps, 'restart' as const]) {
        if (act === 'add') await queue.add([String(lines++), String(lines++)])
        else if (act === 'send') await send()
        else if (act === 'restart') queue = await open()
        else if (sent !== null) await queue.remove((sent as { id: string }).id)
      }
      for (await send(); sent !== null; await send()) await queue.remove((sent as { id: string }).id)
      expect([...received.values()].flat()).toEqual(Array.from({ length: lines }, (_, index) => String(index)))
    }),
    { numRuns: 60 },
  )
})

test('a part that compresses well counts for what its file takes of the disk', async () => {
  expect(gzipSync('x\n'.repeat(100)).length).toBeLessThan(100)
  const queue = await open(10 * 4096)
  for (let times = 0; times < 12; times += 1) await queue.add(Array.from({ length: 100 }, () => 'x'))
  expect([files().length, queue.counts.dropped]).toEqual([10, 200])
})
