/** Names of sensors as bytes, in arrays that threads share. Of the n-th: its name, and behind it how its lines begin on the wire. */
export interface SharedNames {
  bytes: Uint8Array
  /** Where these end, in turn; each begins where the one before ends. */
  ends: Uint32Array
  /** A hash table with open addressing, of a power of two: 0, or a sensor's place plus one. */
  slots: Uint32Array
  /** Of the hash: so that nobody outside knows which names meet in it. */
  seed: number
}

/**
 * What a gateway calls its live sensors, each name to the sensor's id. A report's names are found among its bytes, which never become texts: a text
 * a line costs more than all else that is done with it.
 */
export class SensorTable {
  readonly names: SharedNames
  /** Nearly all reports name sensors in the order of the one before: this is the next one then. */
  #next = 0
  readonly size: number
  readonly #mask: number

  constructor(names: SharedNames) {
    this.names = names
    this.size = names.ends.length / 2
    this.#mask = names.slots.length - 1
  }

  static of(sensors: ReadonlyMap<string, string>, seed: number): SensorTable {
    const texts = [...sensors].flatMap(([name, id]) => [Buffer.from(name, 'utf8'), Buffer.from(`{"sensorId":"${id}`, 'latin1')])
    const names: SharedNames = {
      bytes: new Uint8Array(new SharedArrayBuffer(texts.reduce((sum, { length }) => sum + length, 0))),
      ends: new Uint32Array(new SharedArrayBuffer(4 * texts.length)),
      slots: new Uint32Array(new SharedArrayBuffer(4 * 2 ** Math.ceil(Math.log2(2 * sensors.size + 1)))),
      seed,
    }
    const table = new SensorTable(names)
    let end = 0
    for (const [nth, text] of texts.entries()) {
      names.bytes.set(text, end)
      end += text.length
      names.ends[nth] = end
    }
    for (let place = 0; place < sensors.size; place += 1) {
      const [from, to] = [table.#nameAt(place), names.ends[2 * place] as number]
      names.slots[table.#slotOf(names.bytes, from, to)] = place + 1
    }
    return table
  }

  /** The place of the sensor that is named from `from` to `to`; -1 where there is none. */
  find(source: Uint8Array, from: number, to: number): number {
    let place = this.#next
    if (!this.#isNamed(place, source, from, to)) place = (this.names.slots[this.#slotOf(source, from, to)] as number) - 1
    if (place !== -1) this.#next = place + 1 < this.size ? place + 1 : 0
    return place
  }

  headLength(place: number): number {
    const { ends } = this.names
    return (ends[2 * place + 1] as number) - (ends[2 * place] as number)
  }

  /** Copies how the lines of the sensor at a place begin, up to the end of its id. Where that ends in `target`. */
  copyHead(place: number, target: Uint8Array, at: number): number {
    const { bytes, ends } = this.names
    const to = ends[2 * place + 1] as number
    let into = at
    // For so few bytes a call out of the engine costs more.
    for (let from = ends[2 * place] as number; from < to; from += 1, into += 1) target[into] = bytes[from] as number
    return into
  }

  #nameAt(place: number): number {
    return place === 0 ? 0 : (this.names.ends[2 * place - 1] as number)
  }

  #isNamed(place: number, source: Uint8Array, from: number, to: number): boolean {
    if (place >= this.size) return false
    const { bytes, ends } = this.names
    const at = this.#nameAt(place)
    if ((ends[2 * place] as number) - at !== to - from) return false
    // Names of one gateway differ at their ends first.
    for (let nth = to - from - 1; nth >= 0; nth -= 1) if (bytes[at + nth] !== source[from + nth]) return false
    return true
  }

  /** Where a name stands in the hash table, or would. */
  #slotOf(source: Uint8Array, from: number, to: number): number {
    const { slots, seed } = this.names
    let hash = seed
    // FNV-1a, and its high bits into the low ones, which alone are looked at.
    for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (source[at] as number), 0x01000193)
    hash ^= hash >>> 15
    for (let slot = hash & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const place = (slots[slot] as number) - 1
      if (place === -1 || this.#isNamed(place, source, from, to)) return slot
    }
  }
}
