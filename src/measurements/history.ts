import type { HistoryPoint, LatestValue, MeasuredSensor } from '../domain/device.ts'
import type { ChartParts } from '../store/measurements/charts.ts'
import { readMeasurements } from './lines.ts'
import { addTo, emptyHour, type Hour, hourMs, type Numbers, readHour, type Slot, slotMs } from './slots.ts'

/** A history has at most so many points. */
export const pointsMax = 400

/** Lengths that points may have, in slots: 5, 15 and 30 minutes, 1, 3, 6, 12 and 24 hours. */
const lengths = [1, 3, 6, 12, 36, 72, 144, 288]

/** The hours of each sensor, with what is not rolled up yet; by when they begin. */
function hoursOf({ sensors, hours, blocks }: ChartParts): Map<string, Map<number, Hour>> {
  const bySensor = new Map(sensors.map(({ id }) => [id, new Map<number, Hour>()]))
  for (const { sensorId, hour, slots } of hours) bySensor.get(sensorId)?.set(hour * 1000, readHour(slots, hour * 1000))
  const wanted = new Set(bySensor.keys())
  const add = (sensorId: string, at: number, value: number | string) => {
    const known = bySensor.get(sensorId) as Map<number, Hour>
    const beginsAt = at - (at % hourMs)
    const hour = known.get(beginsAt) ?? emptyHour()
    known.set(beginsAt, hour)
    addTo(hour, at, value)
  }
  for (const block of blocks) readMeasurements(block, add, { only: wanted })
  return bySensor
}

/** Each sensor with its latest value. */
export function latestOf(parts: ChartParts): MeasuredSensor[] {
  const hours = hoursOf(parts)
  return parts.sensors.map(({ id, json }) => {
    const { label, type, unit } = JSON.parse(json) as MeasuredSensor
    const latest = latestIn([...(hours.get(id) as Map<number, Hour>).values()].flat())
    return { id, label, type, ...(unit === undefined ? {} : { unit }), ...(latest === null ? {} : { latest }) }
  })
}

function latestIn(slots: readonly (Slot | null)[]): LatestValue | null {
  let latest: { at: number; value: Omit<LatestValue, 'time'> } | null = null
  for (const slot of slots) {
    const { numbers = null, text = null } = slot ?? {}
    if (numbers && numbers.lastAt >= (latest?.at ?? 0)) latest = { at: numbers.lastAt, value: { numericValue: numbers.last } }
    if (text && text.at >= (latest?.at ?? 0)) latest = { at: text.at, value: { stringValue: text.value } }
  }
  return latest === null ? null : { time: new Date(latest.at).toISOString(), ...latest.value }
}

/**
 * The points of the one sensor of `parts` from one time up to another: 5 minutes long, or the shortest of longer ones that are at most
 * `pointsMax`. Without those in which nothing was measured.
 */
export function historyOf(parts: ChartParts, from: Date, to: Date): { stepSeconds: number; points: HistoryPoint[] } {
  const range = to.getTime() - from.getTime()
  const length = lengths.find((slots) => range / (slots * slotMs) < pointsMax) ?? (lengths.at(-1) as number)
  const stepMs = length * slotMs
  const first = from.getTime() - (from.getTime() % stepMs)
  const merged = new Map<number, Slot>()
  const hours = [...(hoursOf(parts).values().next().value ?? [])].sort(([one], [other]) => one - other)
  for (const [beginsAt, hour] of hours) {
    for (const [place, slot] of hour.entries()) {
      const at = beginsAt + place * slotMs
      const time = at - (at % stepMs)
      if (slot === null || time < first || at >= to.getTime()) continue
      const before = merged.get(time)
      merged.set(time, before === undefined ? slot : both(before, slot))
    }
  }
  return { stepSeconds: stepMs / 1000, points: [...merged].map(([time, slot]) => pointOf(time, slot)) }
}

/** What two slots hold, one behind the other. */
function both(one: Slot, next: Slot): Slot {
  const [a, b] = [one.numbers, next.numbers]
  return { numbers: a && b ? bothNumbers(a, b) : (a ?? b), text: next.text ?? one.text }
}

function bothNumbers(one: Numbers, next: Numbers): Numbers {
  return {
    count: one.count + next.count,
    sum: one.sum + next.sum,
    minimum: Math.min(one.minimum, next.minimum),
    maximum: Math.max(one.maximum, next.maximum),
    last: next.last,
    lastAt: next.lastAt,
  }
}

/** What a slot says, as a history shows it. */
export function pointOf(time: number, { numbers, text }: Slot): HistoryPoint {
  return {
    time: new Date(time).toISOString(),
    ...(numbers && {
      count: numbers.count,
      minimum: numbers.minimum,
      maximum: numbers.maximum,
      // A sum may be beyond what a number holds where no value is.
      mean: Number.isFinite(numbers.sum) ? numbers.sum / numbers.count : numbers.minimum / 2 + numbers.maximum / 2,
      last: numbers.last,
    }),
    ...(text && { lastText: text.value }),
  }
}
