import { readMeasurements, SensorOrder } from './lines.ts'
import { addTo, emptyHour, type Hour, hourMs, readHour, storedHour } from './slots.ts'

/** Hours that one statement reads or writes. */
const hoursAtOnce = 2_000

/** Blocks of one organization, in their order; only what was measured at `oldest` (ms since 1970) or later is summed up. */
export interface SumUpAsked {
  blocks: { acceptedAt: number; block: Uint8Array }[]
  oldest: number
  /** With so many hours of sensors no further block is begun. */
  hoursMax: number
}

/** Hours of sensors for one statement, as the texts of arrays: so that nothing is made of each on the thread that asks the database. */
export interface Hours {
  sensorIds: string
  /** In seconds since 1970. */
  hours: string
}

/** The measurements of blocks by the hours that they belong to. */
export interface Summed {
  /** So many of the blocks. */
  taken: number
  pieces: Hours[]
  /** When each hour of the pieces begins, in ms since 1970. */
  begins: Float64Array
  /** Of each measurement, in the order of the log: its hour's place, its time, its number. */
  hourOf: Uint32Array
  at: Float64Array
  value: Float64Array
  /** Those that are texts, by their places. */
  texts: Map<number, string>
}

/** What was summed up, and what is stored already of each piece: for each hour a length (uint32, big endian; 0: nothing), and so many bytes. */
export type StoredFormAsked = Omit<Summed, 'taken'> & { stored: Uint8Array[] }

/** A piece as it is to be stored: the slots of its hours, one behind the other, from `froms` (from 1) on and `lengths` long. */
export interface StoredForm extends Hours {
  froms: string
  lengths: string
  slots: Uint8Array
}

export function sumUp({ blocks, oldest, hoursMax }: SumUpAsked): Summed {
  const hours = new Map<string, number>()
  const names: { sensorId: string; hour: number }[] = []
  // Of each sensor the hour of the measurement before, which is nearly always that of the next.
  const latest = new Map<string, number>()
  const measured = new Measured()
  const add = (sensorId: string, at: number, value: number | string) => {
    if (at < oldest) return
    const hour = at - (at % hourMs)
    let place = latest.get(sensorId)
    if (place === undefined || names[place]?.hour !== hour) {
      const name = `${sensorId} ${hour}`
      place = hours.get(name)
      if (place === undefined) {
        place = names.push({ sensorId, hour }) - 1
        hours.set(name, place)
      }
      latest.set(sensorId, place)
    }
    measured.add(place, at, value)
  }
  const order = new SensorOrder()
  let taken = 0
  for (const block of blocks) {
    if (names.length >= hoursMax) break
    readMeasurements(block, add, { order })
    taken += 1
  }
  const pieces: Hours[] = []
  for (let from = 0; from < names.length; from += hoursAtOnce) {
    const some = names.slice(from, from + hoursAtOnce)
    pieces.push({
      sensorIds: arrayText(some.map(({ sensorId }) => sensorId)),
      hours: arrayText(some.map(({ hour }) => hour / 1000)),
    })
  }
  return { taken, pieces, begins: Float64Array.from(names, ({ hour }) => hour), ...measured.arrays() }
}

/** Adds what was measured to what is stored, in the order of the log. */
export function storedForm({ pieces, begins, hourOf, at, value, texts, stored }: StoredFormAsked): StoredForm[] {
  const hours: Hour[] = []
  for (const bytes of stored) readInto(hours, bytes, begins)
  for (const [nth, place] of hourOf.entries()) {
    addTo(hours[place] as Hour, at[nth] as number, texts.get(nth) ?? (value[nth] as number))
  }
  return pieces.map((piece, nth) => {
    const slots = hours.slice(nth * hoursAtOnce, (nth + 1) * hoursAtOnce).map(storedHour)
    let from = 1
    const froms = slots.map(({ length }) => {
      from += length
      return from - length
    })
    return {
      ...piece,
      froms: arrayText(froms),
      lengths: arrayText(slots.map(({ length }) => length)),
      slots: Buffer.concat(slots),
    }
  })
}

function readInto(hours: Hour[], stored: Uint8Array, begins: Float64Array): void {
  const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength)
  for (let at = 0; at < stored.length; ) {
    const length = view.getUint32(at)
    at += 4
    hours.push(length === 0 ? emptyHour() : readHour(stored.subarray(at, at + length), begins[hours.length] as number))
    at += length
  }
}

/** Of numbers, and of ids, which are letters and digits. */
function arrayText(values: readonly (number | string)[]): string {
  return `{${values.join(',')}}`
}

/** Measurements in arrays that grow. */
class Measured {
  #count = 0
  #hourOf = new Uint32Array(1024)
  #at = new Float64Array(1024)
  #value = new Float64Array(1024)
  readonly #texts = new Map<number, string>()

  add(hour: number, at: number, value: number | string): void {
    if (this.#count === this.#hourOf.length) this.#grow()
    this.#hourOf[this.#count] = hour
    this.#at[this.#count] = at
    if (typeof value === 'number') this.#value[this.#count] = value
    else this.#texts.set(this.#count, value)
    this.#count += 1
  }

  arrays() {
    const of = <Values extends Uint32Array | Float64Array>(values: Values) => values.slice(0, this.#count) as Values
    return { hourOf: of(this.#hourOf), at: of(this.#at), value: of(this.#value), texts: this.#texts }
  }

  #grow(): void {
    const twice = <Values extends Uint32Array | Float64Array>(grown: Values, values: Values) => {
      grown.set(values)
      return grown
    }
    const size = 2 * this.#count
    this.#hourOf = twice(new Uint32Array(size), this.#hourOf)
    this.#at = twice(new Float64Array(size), this.#at)
    this.#value = twice(new Float64Array(size), this.#value)
  }
}
