import { expect, test } from 'vitest'
import { measured, numberIn, usualIntervalMs } from './measure.ts'
import type { UpsReading } from './nut/read-upsd.ts'

const server = { type: 'nut' as const, host: 'h', port: 3493, name: 'site' }
const at = '2026-11-24T15:00:00.000Z'
const ups = (variables: Record<string, string>): UpsReading => ({ name: 'rack1', variables: new Map(Object.entries(variables)) })

test.each([
  ['230.4', 230.4],
  [' -5 ', -5],
  ['0031', 31],
  ['.5', 0.5],
  ['7.', 7],
  ['1e3', 1000],
])('"%s" is the number %d', (text, number) => {
  expect(numberIn(text)).toBe(number)
})

test.each(['', ' ', '12 V', 'unknown', 'NaN', 'Infinity', '1e999', '0x1F', '1,5', '--3', '.'])('"%s" is no number', (text) => {
  expect(numberIn(text)).toBeNull()
})

test('a reading is measured sensor by sensor, in the form that the server reads fastest', () => {
  const reading = { upses: [ups({ 'ups.status': 'OL', 'battery.charge': '97', 'input.voltage': '230.40', 'ups.mfr': 'APC' })] }
  expect(measured(server, reading, at)).toEqual({
    lines: [
      `{"sensorRef":"nut/site/rack1/battery.charge","timestamp":"${at}","numericValue":97}`,
      `{"sensorRef":"nut/site/rack1/input.voltage","timestamp":"${at}","numericValue":230.4}`,
    ],
    unmeasured: [],
  })
})

test('what is no number is left out, and named', () => {
  const reading = { upses: [ups({ 'battery.charge': '97', 'battery.temperature': 'unknown' })] }
  const { lines, unmeasured } = measured(server, reading, at)
  expect(lines).toHaveLength(1)
  expect(unmeasured).toEqual([{ sensorRef: 'nut/site/rack1/battery.temperature', text: 'unknown' }])
})

test('nothing is measured of what could not be read, nor of a UPS whose driver only starts', () => {
  const nothing = { lines: [], unmeasured: [] }
  expect(measured(server, { problem: 'no answer' }, at)).toEqual(nothing)
  expect(measured(server, { upses: [{ name: 'rack1', problem: 'DATA-STALE' }] }, at)).toEqual(nothing)
  expect(measured(server, { upses: [ups({ 'ups.status': 'WAIT', 'battery.charge': '0' })] }, at)).toEqual(nothing)
})

test('25 devices are measured every minute, more every five', () => {
  expect([0, 25, 26, 1000].map(usualIntervalMs)).toEqual([60_000, 60_000, 300_000, 300_000])
})
