import type { SensorReport } from '../src/domain/batch.ts'
import { dayMs, minuteMs } from './dates.ts'

/** When in the day (UTC, in ms) loads and rooms are at their highest. */
const peakMs = 14 * 60 * minuteMs

/** What a sensor measures at a moment. Of one device all agree: its load makes its power, its current and its warmth. */
type Measure = (device: Device) => number | string

/** A device at a moment: values from 0 to 1, and from -1 to 1. */
interface Device {
  /** What sets it apart from others of its kind, from 0 to 1, by what is asked. */
  own(what: string): number
  /** The hour of the day, as a wave from -1 (night) to 1 (afternoon). */
  day: number
  /** Slow wandering, from -1 to 1, by what is asked and how long it takes to turn. */
  drift(what: string, turnMs: number): number
  at: number
}

const load = ({ own, day, drift }: Device) =>
  within(5, 96, 28 + 30 * own('load') + 9 * day + 7 * drift('load', 40 * minuteMs) + 2 * drift('load, quickly', minuteMs / 3))
const mains = ({ drift }: Device) => 230 + 2.4 * drift('mains', 30 * minuteMs) + 0.7 * drift('mains, quickly', minuteMs / 4)
const room = ({ own, day, drift }: Device) => 21 + 3 * own('room') + 1.3 * day + 0.8 * drift('room', 50 * minuteMs)
const watts = (device: Device) => (load(device) / 100) * (1500 + 4500 * device.own('size'))

/** By the last part of a sensor's reference (sensors.ts), then by its type. */
const measures: Readonly<Record<string, Measure>> = {
  LOAD: load,
  VOLTAGE: mains,
  'output-voltage': ({ drift }) => 230 + 0.3 * drift('output', 5 * minuteMs),
  CURRENT: (device) => watts(device) / mains(device) / 4,
  'output-current': (device) => watts(device) / 230,
  ACTIVE_POWER: watts,
  BATTERY_CHARGE: ({ drift }) => within(0, 100, 99.6 + 0.8 * drift('charge', 200 * minuteMs)),
  BATTERY_RUNTIME: (device) => 90_000 / load(device),
  STATUS: ({ drift }) => (drift('status', 90 * minuteMs) > 0.8 ? 'Bypass' : 'Online'),
  'selected-source': ({ drift }) => (drift('source', 120 * minuteMs) > 0.75 ? 'B' : 'A'),
  TEMPERATURE: room,
  'supply-temperature': ({ own, drift }) => 16 + 2 * own('supply') + 0.7 * drift('supply', 15 * minuteMs),
  'return-temperature': (device) => room(device) + 4,
  FAN_SPEED: (device) => within(20, 100, 45 + 12 * device.day + 10 * device.drift('room', 50 * minuteMs)),
  HUMIDITY: (device) => within(15, 85, 46 - 4 * device.day + 5 * device.drift('humidity', 80 * minuteMs)),
  FUEL_LEVEL: ({ own, at }) => 96 - 30 * own('fuel') - ((at / dayMs) % 20) * 0.4,
  ENERGY: ({ own, at }) => 800 * own('energy') + (at / dayMs - 20_000) * (18 + 12 * own('rate')),
}

/** Digits behind the point, by unit. */
const digits: Readonly<Record<string, number>> = { W: 0, s: 0, A: 2 }

/** A generator that stands still. */
const idle = new Set(['GENERATOR'])

/** What these sensors measure at a moment, as the lines of a gateway's report. The same for the same sensor and moment. */
export function measurementLines(sensors: readonly (SensorReport & { deviceType: string })[], at: Date): string {
  const timestamp = at.toISOString()
  let lines = ''
  for (const { ref, deviceRef, type, unit, deviceType } of sensors) {
    const measure = measures[ref.slice(ref.indexOf('#') + 1)] ?? measures[type]
    if (measure === undefined) continue
    const power = unit === 'kW' ? 0.012 : 1
    const measured = idle.has(deviceType) && type === 'ACTIVE_POWER' ? 0 : measure(deviceAt(deviceRef, at.getTime()))
    const value =
      typeof measured === 'string'
        ? `"stringValue":"${measured}"`
        : `"numericValue":${Number((measured * power).toFixed(digits[unit ?? ''] ?? 1))}`
    lines += `{"sensorRef":${JSON.stringify(ref)},"timestamp":"${timestamp}",${value}}\n`
  }
  return lines
}

function deviceAt(ref: string, at: number): Device {
  const seed = hash(ref)
  return {
    own: (what) => fraction(seed ^ hash(what)),
    day: Math.cos((2 * Math.PI * ((at % dayMs) - peakMs)) / dayMs),
    drift: (what, turnMs) => {
      const turn = Math.floor(at / turnMs)
      const passed = (at % turnMs) / turnMs
      const smooth = passed * passed * (3 - 2 * passed)
      const kind = seed ^ hash(what)
      const [from, to] = [turn, turn + 1].map((one) => 2 * fraction(Math.imul(kind, 31) + one) - 1) as [number, number]
      return from + (to - from) * smooth
    },
    at,
  }
}

function within(least: number, most: number, value: number): number {
  return Math.min(most, Math.max(least, value))
}

/** FNV-1a, kept: the texts are few. */
function hash(text: string): number {
  let known = hashes.get(text)
  if (known === undefined) {
    known = 0x811c9dc5
    for (const byte of Buffer.from(text, 'utf8')) known = Math.imul(known ^ byte, 0x01000193)
    hashes.set(text, known)
  }
  return known
}
const hashes = new Map<string, number>()

/** From 0 to below 1, as good as random for each whole number (the finalizer of splitmix32). */
function fraction(value: number): number {
  let mixed = Math.imul((value ^ (value >>> 16)) + 0x9e3779b9, 0x21f0aaad)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
}
