import type { HistoryPoint, MeasuredSensor } from '../../client.ts'
import type { LiveValue } from '../../live.ts'
import { valueText } from '../../numbers.ts'
import { deviceTexts as texts } from '../../texts/devices.ts'

/** What a chart shows of a sensor: `at` in ms since 1970. Of numbers the band from `minimum` to `maximum` and the mean; of states one each. */
export interface Series {
  numbers: { at: number; minimum: number; maximum: number; mean: number; count: number }[]
  states: { at: number; state: string }[]
}

interface History {
  to: string
  stepSeconds: number
  points: HistoryPoint[]
}

/** A history, and what came live after it was asked for. A point stands in the middle of its time. */
export function seriesOf({ to, stepSeconds, points }: History, live: readonly LiveValue[]): Series {
  const askedAt = Date.parse(to)
  const series: Series = { numbers: [], states: [] }
  for (const { time, count = 0, minimum, maximum, mean, lastText } of points) {
    const at = Math.min(Date.parse(time) + stepSeconds * 500, askedAt)
    if (minimum !== undefined && maximum !== undefined && mean !== undefined) {
      series.numbers.push({ at, minimum, maximum, mean, count })
    }
    if (lastText !== undefined) series.states.push({ at, state: lastText })
  }
  let last = Math.max(series.numbers.at(-1)?.at ?? 0, series.states.at(-1)?.at ?? 0)
  for (const { at, value } of live) {
    if (at <= askedAt || at < last) continue
    last = at
    if (typeof value === 'number') series.numbers.push({ at, minimum: value, maximum: value, mean: value, count: 1 })
    else series.states.push({ at, state: value })
  }
  return series
}

/** Minimum, maximum and mean of all that was measured; null where it was no number. */
export function summaryOf({ numbers }: Series): { minimum: number; maximum: number; mean: number } | null {
  let [minimum, maximum, sum, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0]
  for (const point of numbers) {
    minimum = Math.min(minimum, point.minimum)
    maximum = Math.max(maximum, point.maximum)
    sum += point.mean * point.count
    count += point.count
  }
  return count === 0 ? null : { minimum, maximum, mean: sum / count }
}

/** The latest value, of what the API said and what came live since: null where there is none. */
export function latestOf({ latest }: MeasuredSensor, live: readonly LiveValue[]): LiveValue | null {
  const value = latest?.numericValue ?? latest?.stringValue
  const said = latest === undefined || value === undefined ? null : { at: Date.parse(latest.time), value }
  return live.reduce((newest, one) => (newest === null || one.at >= newest.at ? one : newest), said)
}

/** A sensor with all that is shown of it. `series` is undefined while it loads; `from` and `to` are in ms since 1970. */
export interface Measured {
  sensor: MeasuredSensor
  latest: LiveValue | null
  series: Series | undefined
  summary: { minimum: number; maximum: number; mean: number } | null
  from: number
  to: number
}

/** A value as it is told; of a number with its unit. */
export function latestText({ latest, sensor: { unit } }: Measured): string {
  if (latest === null) return texts.none
  return typeof latest.value === 'number' ? valueText(latest.value, unit) : latest.value
}
