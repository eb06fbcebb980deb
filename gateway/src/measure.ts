import type { NutServer } from './config.ts'
import { deviceRefOf } from './device-ref.ts'
import type { UpsdReading } from './nut/read-upsd.ts'
import { upsValues } from './nut/ups-device.ts'

/** Beyond these many devices it is measured less often: what the server and its readers get stays in bounds. */
const fewDevices = { devicesMax: 25, everyMs: 60_000 }
const manyDevices = { everyMs: 300_000 }

/** How often is measured where the configuration does not say, in milliseconds. */
export function usualIntervalMs(devices: number): number {
  return devices <= fewDevices.devicesMax ? fewDevices.everyMs : manyDevices.everyMs
}

/** The values of one reading, as lines of the ingest API. */
export interface Measured {
  lines: string[]
  /** Sensors that show no number just now, with what they show. */
  unmeasured: { sensorRef: string; text: string }[]
}

/**
 * What a reading of one server says of its sensors at `timestamp`, the time of the reading. All variables that are measured are numbers:
 * what is none (a driver's "unknown") is left out. Nothing is known of a UPS that is not read, or whose driver only starts.
 */
export function measured(server: NutServer, reading: UpsdReading, timestamp: string): Measured {
  const found: Measured = { lines: [], unmeasured: [] }
  for (const ups of 'problem' in reading ? [] : reading.upses) {
    if (ups.variables?.get('ups.status') === 'WAIT') continue
    for (const [sensorRef, text] of upsValues(deviceRefOf(server, ups.name), ups)) {
      const numericValue = numberIn(text)
      // The order of the properties and the form of the time are those that the server reads fastest.
      if (numericValue !== null) found.lines.push(JSON.stringify({ sensorRef, timestamp, numericValue }))
      else found.unmeasured.push({ sensorRef, text })
    }
  }
  return found
}

/** A decimal number and nothing else: parseFloat would take "12 V" for 12, and Number an empty text for 0. */
export function numberIn(text: string): number | null {
  const number = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?\s*$/i.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(number) ? number : null
}
