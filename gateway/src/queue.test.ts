import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openQueue, type Queue } from './queue.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'assent-queue-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

async function sequences(queue: Queue): Promise<number[]> {
  const found: number[] = []
  for await (const { sequence } of queue.all()) found.push(sequence)
  return found
}

test('batches are given in the order of their numbers, also after a restart', async () => {
  const queue = await openQueue(directory, { batchesMax: 100, bytesMax: 1000 })
  for (const sequence of [1, 2, 10, 11]) await queue.add(sequence, `batch ${sequence}`)
  await queue.remove(1)
  const opened = await openQueue(directory, { batchesMax: 100, bytesMax: 1000 })
  expect(await sequences(opened)).toEqual([2, 10, 11])
  expect(await opened.first()).toEqual({ sequence: 2, text: 'batch 2' })
})

test('of too many batches, or bytes, the oldest are dropped and counted', async () => {
  const queue = await openQueue(directory, { batchesMax: 3, bytesMax: 1000 })
  for (const sequence of [1, 2, 3, 4, 5]) await queue.add(sequence, 'x')
  expect([await sequences(queue), queue.counts.dropped]).toEqual([[3, 4, 5], 2])
  await queue.add(6, 'x'.repeat(999))
  expect([await sequences(queue), queue.counts.dropped]).toEqual([[5, 6], 4])
  await queue.add(7, 'x'.repeat(2000))
  expect(await sequences(queue)).toEqual([7])
})

test('a batch that is set aside is kept beside the queue with the reason, and counted', async () => {
  const queue = await openQueue(directory, { batchesMax: 3, bytesMax: 1000 })
  await queue.add(1, 'bad')
  await queue.add(2, 'good')
  await queue.setAside(1, '422')
  expect([await sequences(queue), queue.counts.setAside]).toEqual([[2], 1])
  expect(readdirSync(join(directory, 'refused'))).toEqual(['000000000001.json', '000000000001.json.why'])
})

test('a batch whose file is gone is passed over', async () => {
  const queue = await openQueue(directory, { batchesMax: 3, bytesMax: 1000 })
  await queue.add(1, 'one')
  await queue.add(2, 'two')
  rmSync(join(directory, 'queue/000000000001.json'))
  expect(await queue.first()).toEqual({ sequence: 2, text: 'two' })
})
