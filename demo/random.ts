/** Repeatable randomness: the same seed gives the same values in the same order, on every machine. */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number
  /** One of `list`, which must not be empty. */
  pick<Item>(list: readonly Item[]): Item
  /** True with this probability, from 0 to 1. */
  chance(probability: number): boolean
  /** A new list with the same items in another order. */
  shuffled<Item>(list: readonly Item[]): Item[]
}

/** Not for secrets: whoever knows the seed knows the values. (splitmix32 over an FNV-1a hash of the seed.) */
export function seededRandom(seed: string): Random {
  let state = 0x811c9dc5
  for (const byte of Buffer.from(seed, 'utf8')) state = Math.imul(state ^ byte, 0x01000193)

  const next = () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))

  return {
    int,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('nothing to pick from')
      return list[int(0, list.length - 1)] as (typeof list)[number]
    },
    chance: (probability) => next() < probability,
    shuffled: (list) => {
      const items = [...list]
      for (let last = items.length - 1; last > 0; last -= 1) {
        const other = int(0, last)
        const item = items[last] as (typeof items)[number]
        items[last] = items[other] as (typeof items)[number]
        items[other] = item
      }
      return items
    },
  }
}
