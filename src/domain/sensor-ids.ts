import { base62Of } from './base62.ts'

/** What an organization's sensor ids are made of: its code in the measurement log, and how many were made of it. */
export interface SensorSeries {
  code: string
  count: number
}

/**
 * The next sensor id of an organization, at most 10 characters: its code of six, then a number. Ids stand on every line of the measurement
 * log. The code is in the line before, so that what an id costs compressed is its number: a random one would cost seven bytes more.
 */
export function nextSensorId(series: SensorSeries): string {
  series.count += 1
  return series.code + base62Of(series.count, 1 + Math.floor(Math.log(series.count) / Math.log(62)))
}
