/** A value as it compares with others: of what it is measured in, in the same unit for all of it. */
export interface Comparable {
  of: string
  value: number
}

const prefixes: Record<string, number> = { '': 1, m: 1e-3, k: 1e3, M: 1e6, G: 1e9 }
const prefixed = /^([mkMG]?)(W|Wh|VA|VAh|var|varh|V|A|Ah|Hz|Pa|J|s)$/

/** Of units that are not another one with a prefix: what they are of, and a value in that. */
const converted: Record<string, (value: number) => Comparable> = {
  '°F': (value) => ({ of: '°C', value: (value - 32) / 1.8 }),
  K: (value) => ({ of: '°C', value: value - 273.15 }),
  min: (value) => ({ of: 's', value: value * 60 }),
  h: (value) => ({ of: 's', value: value * 3600 }),
  d: (value) => ({ of: 's', value: value * 86_400 }),
  hPa: (value) => ({ of: 'Pa', value: value * 100 }),
  bar: (value) => ({ of: 'Pa', value: value * 1e5 }),
  mbar: (value) => ({ of: 'Pa', value: value * 100 }),
}

/** 2 kW are more than 300 W, and 70 °F less than 25 °C; a unit that is not known here compares with itself alone. */
export function comparable(value: number, unit = ''): Comparable {
  const convert = converted[unit]
  if (convert) return convert(value)
  const [, prefix = '', of] = prefixed.exec(unit) ?? []
  return of === undefined ? { of: unit, value } : { of, value: value * (prefixes[prefix] as number) }
}

/** By what they are of, then by their values. */
export function compare(one: Comparable, other: Comparable): number {
  if (one.of !== other.of) return one.of < other.of ? -1 : 1
  return one.value - other.value
}
