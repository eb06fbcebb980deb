import { beforeAll, describe, expect, test } from 'vitest'
import { withinAWeek } from './alarm-age.ts'
import {
  type Batch,
  batchesAfter,
  byId,
  changesAfter,
  families,
  familyNames,
  firstOf,
  follow,
  type Item,
  listOf,
} from './families.ts'
import { askRaw } from './operations.ts'

const offsetMax = 2 ** 53 - 1

/** Percent-encoded texts that are no offset. */
const malformed: Record<string, string> = {
  'below zero': '-1',
  'a fraction': '1.5',
  'a fraction of nothing': '1.0',
  letters: 'abc',
  'letters after a number': '1a',
  '2^53': '9007199254740992',
  'far above 2^53': '99999999999999999999999999',
  'a thousand digits': '9'.repeat(1000),
  nothing: '',
  'a plus sign': '+1',
  'an encoded plus sign': '%2B1',
  'a blank': '%20',
  'a number in blanks': '%201%20',
  'an exponent': '1e3',
  hexadecimal: '0x10',
  'no number': 'NaN',
  'a null character': '1%00',
  'bytes that are no UTF-8': '%ff',
  'digits of another script': '%D9%A1',
  'a list': '1,2',
}

describe.each(familyNames)('changes of the %s (contract, section 4)', { timeout: 180_000 }, (family) => {
  let organizationId: string
  let list: Batch
  let batches: Batch[]
  beforeAll(async () => {
    organizationId = await firstOf('own')
    list = await listOf(family, 'own', organizationId)
    batches = await batchesAfter(family, 'own', organizationId, 0)
  }, 180_000)

  test('from 0 the offsets advance with every batch until the head, where the server echoes what it is sent', () => {
    const offsets = [0, ...batches.slice(0, -1).map(({ offset }) => offset)]
    expect(offsets).toEqual([...new Set(offsets)].sort((a, b) => a - b))
    expect(batches.at(-1)).toEqual({ entries: [], offset: offsets.at(-1) })
    expect(batches.length).toBeGreaterThan(1)
  })

  test('from 0 nobody is told to list again', () => {
    expect(batches.filter(({ resyncRequired }) => resyncRequired !== undefined)).toEqual([])
  })

  test('from 0 they add up to the list', () => {
    const copy = new Map<string, Item>()
    follow(family, copy, batches)
    expect(withinAWeek(copy)).toEqual(withinAWeek(byId(list.entries)))
  })

  test("after the list's offset there is nothing, and the offset is echoed", () => {
    expect(batches.at(-1)).toEqual({ entries: [], offset: list.offset })
  })

  test('after any offset come the same changes in the same order, less those before it', async () => {
    const everything = batches.flatMap(({ entries }) => entries)
    for (const back of [1, 2, 3, 5, 8]) {
      const later = await batchesAfter(family, 'own', organizationId, Math.max(0, list.offset - back))
      const entries = later.flatMap((batch) => batch.entries)
      expect(entries.length).toBeLessThanOrEqual(back)
      expect(entries).toEqual(entries.length === 0 ? [] : everything.slice(-entries.length))
    }
  })

  test('the same question twice has the same answer', async () => {
    const ask = () => changesAfter(family, 'own', organizationId, Math.max(0, list.offset - 5))
    expect(await ask()).toEqual(await ask())
  })

  test.each(['ahead by one', 'ahead by far'])(
    'an offset %s is answered with resyncRequired, the head and no changes',
    async (how) => {
      const asked = how === 'ahead by one' ? list.offset + 1 : offsetMax
      expect(await changesAfter(family, 'own', organizationId, asked)).toEqual({
        entries: [],
        offset: list.offset,
        resyncRequired: true,
      })
    },
  )

  test.each(Object.entries(malformed))('an offset of %s is a 400', async (_, offset) => {
    const covered = await firstOf('all')
    expect((await askRaw(families[family].changes, 'all', { organizationId: covered, offset })).status).toBe(400)
  })
})
