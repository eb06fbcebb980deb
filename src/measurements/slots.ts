/** An hour of a sensor by 5 minutes, and the form in which it is stored: `slots` of measurement_rollup. */

export const slotMs = 5 * 60 * 1000
export const slotsPerHour = 12
export const hourMs = slotMs * slotsPerHour

/** The numbers of a slot. `lastAt`: when the latest one was measured, in ms since 1970; of two at once the later in the log. */
export interface Numbers {
  count: number
  /** Added in the order of the log. */
  sum: number
  minimum: number
  maximum: number
  last: number
  lastAt: number
}

/** What was measured within 5 minutes: numbers; of texts, the latest. One of both, or either. */
export interface Slot {
  numbers: Numbers | null
  text: { value: string; at: number } | null
}

/** The slots of an hour, in their order; null where nothing was measured. */
export type Hour = (Slot | null)[]

export function emptyHour(): Hour {
  return Array.from({ length: slotsPerHour }, () => null)
}

/** Adds a measurement, `at` in ms since 1970, to the slot that it belongs to. */
export function addTo(hour: Hour, at: number, value: number | string): void {
  const place = Math.floor((at % hourMs) / slotMs)
  const slot = hour[place] ?? { numbers: null, text: null }
  hour[place] = slot
  if (typeof value === 'string') {
    if (slot.text === null || at >= slot.text.at) slot.text = { value, at }
  } else if (slot.numbers === null) {
    slot.numbers = { count: 1, sum: value, minimum: value, maximum: value, last: value, lastAt: at }
  } else {
    const { numbers } = slot
    numbers.count += 1
    numbers.sum += value
    numbers.minimum = Math.min(numbers.minimum, value)
    numbers.maximum = Math.max(numbers.maximum, value)
    if (at >= numbers.lastAt) Object.assign(numbers, { last: value, lastAt: at })
  }
}

/** What a slot begins with, and then holds in this order. */
const holds = { oneNumber: 1, numbers: 2, text: 4 } as const

const lengthsBytes = 2 * slotsPerHour
const oneNumberBytes = 3 + 8
const numbersBytes = 4 + 3 + 4 * 8

/**
 * The stored form: for each slot the length of its entry as uint16, then the entries. An entry is a byte that says what it holds; then, big
 * endian, one number as (its ms after the slot's begin as uint24, float64), or several as (count as uint32, the last one's ms as uint24, last,
 * minimum, maximum, sum as float64); then a text as (its ms as uint24, UTF-8 to the end).
 */
export function storedHour(hour: Hour): Buffer {
  const entries = hour.map((slot) => (slot === null ? Buffer.alloc(0) : entryOf(slot)))
  const lengths = Buffer.alloc(lengthsBytes)
  for (const [place, entry] of entries.entries()) lengths.writeUInt16BE(entry.length, 2 * place)
  return Buffer.concat([lengths, ...entries])
}

function entryOf({ numbers, text }: Slot): Buffer {
  const one = numbers?.count === 1
  const size = numbers === null ? 0 : one ? oneNumberBytes : numbersBytes
  const words = text === null ? null : Buffer.from(text.value, 'utf8')
  const entry = Buffer.alloc(1 + size + (words === null ? 0 : 3 + words.length))
  entry[0] = (numbers === null ? 0 : one ? holds.oneNumber : holds.numbers) | (words === null ? 0 : holds.text)
  if (numbers !== null && one) {
    entry.writeUIntBE(numbers.lastAt % slotMs, 1, 3)
    entry.writeDoubleBE(numbers.last, 4)
  } else if (numbers !== null) {
    entry.writeUInt32BE(Math.min(numbers.count, 2 ** 32 - 1), 1)
    entry.writeUIntBE(numbers.lastAt % slotMs, 5, 3)
    const doubles = [numbers.last, numbers.minimum, numbers.maximum, numbers.sum]
    for (const [place, value] of doubles.entries()) entry.writeDoubleBE(value, 8 + 8 * place)
  }
  if (text !== null && words !== null) {
    entry.writeUIntBE(text.at % slotMs, 1 + size, 3)
    words.copy(entry, 4 + size)
  }
  return entry
}

/** Reads the stored form of an hour that begins at `beginsAt`, in ms since 1970. */
export function readHour(stored: Uint8Array, beginsAt: number): Hour {
  const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength)
  let at = lengthsBytes
  return Array.from({ length: slotsPerHour }, (_, place) => {
    const length = bytes.readUInt16BE(2 * place)
    at += length
    return length === 0 ? null : slotIn(bytes.subarray(at - length, at), beginsAt + place * slotMs)
  })
}

function slotIn(entry: Buffer, beginsAt: number): Slot {
  const held = entry[0] as number
  let numbers: Numbers | null = null
  let rest = 1
  if (held & holds.oneNumber) {
    const value = entry.readDoubleBE(4)
    const lastAt = beginsAt + entry.readUIntBE(1, 3)
    numbers = { count: 1, sum: value, minimum: value, maximum: value, last: value, lastAt }
    rest += oneNumberBytes
  } else if (held & holds.numbers) {
    const [last, minimum, maximum, sum] = [8, 16, 24, 32].map((place) => entry.readDoubleBE(place)) as [
      number,
      number,
      number,
      number,
    ]
    numbers = { count: entry.readUInt32BE(1), sum, minimum, maximum, last, lastAt: beginsAt + entry.readUIntBE(5, 3) }
    rest += numbersBytes
  }
  const text =
    held & holds.text ? { at: beginsAt + entry.readUIntBE(rest, 3), value: entry.subarray(rest + 3).toString('utf8') } : null
  return { numbers, text }
}
