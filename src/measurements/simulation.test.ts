import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { simulation } from './simulation.ts'

interface Line {
  sensorId: string
  timestamp: string
  numericValue?: number
  stringValue?: string
}

const at = new Date('2026-03-01T10:00:00.000Z')
/** Two of each kind. */
const sensors = 10
/** A little more than one slow wave of each sensor. */
const rounds = 250
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 })

const parsed = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)

/** What each sensor measured, in the order of the sensors. */
function measured(seed: number): Line[][] {
  const lines = parsed(simulation(sensors, seed).next(sensors * rounds, at))
  return Array.from({ length: sensors }, (_, sensor) => lines.filter((_, nth) => nth % sensors === sensor))
}

/** By hand: between what such sensors show in a machine room at work; and how much they change from one measurement to the next, at most. */
const kinds = [
  { name: 'a temperature in °C', least: 10, most: 35, stepMax: 2 },
  { name: 'a load in %', least: 0, most: 100, stepMax: 20 },
  { name: "a mains' voltage in V", least: 207, most: 253, stepMax: 5 },
  { name: 'a relative humidity in %', least: 20, most: 80, stepMax: 5 },
] as const

describe('a simulation', () => {
  test.each(kinds.map((kind, place) => ({ ...kind, place })))(
    'has $name from $least to $most that changes little by little',
    ({ place, least, most, stepMax }) => {
      fc.assert(
        fc.property(seeds, (seed) => {
          for (const lines of measured(seed).filter((_, sensor) => sensor % 5 === place)) {
            const values = lines.map(({ numericValue }) => numericValue as number)
            for (const [nth, value] of values.entries()) {
              expect(value).toBeGreaterThanOrEqual(least)
              expect(value).toBeLessThanOrEqual(most)
              expect(Math.abs(value - (values[nth - 1] ?? value))).toBeLessThanOrEqual(stepMax)
            }
            expect(new Set(values).size).toBeGreaterThan(10)
          }
        }),
        { numRuns: 20 },
      )
    },
  )

  test('has contacts that are on and off, each for a while', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        for (const lines of measured(seed).filter((_, sensor) => sensor % 5 === 4)) {
          const states = lines.map(({ stringValue }) => stringValue)
          expect([...new Set(states)].sort()).toEqual(['off', 'on'])
          const changes = states.filter((state, nth) => nth > 0 && state !== states[nth - 1]).length
          expect(changes).toBeLessThan(rounds / 5)
        }
      }),
      { numRuns: 20 },
    )
  })

  test('has one measurement of each sensor in turn, in the wire form, at the time that it is given', () => {
    const lines = parsed(simulation(7, 1).next(21, at))
    expect(new Set(lines.map(({ sensorId }) => sensorId)).size).toBe(7)
    expect(lines.map(({ sensorId }) => sensorId)).toEqual(
      Array(3)
        .fill(lines.slice(0, 7).map((one) => one.sensorId))
        .flat(),
    )
    for (const { timestamp, ...line } of lines) {
      expect(timestamp).toBe(at.toISOString())
      expect(Object.keys(line)).toEqual(['sensorId', 'numericValue' in line ? 'numericValue' : 'stringValue'])
    }
  })

  test('is the same for the same seed, in whatever pieces it is taken, and another for another one', () => {
    fc.assert(
      fc.property(seeds, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 }), (seed, pieces) => {
        const source = simulation(sensors, seed)
        const taken = pieces.map((count) => source.next(count, at)).join('')
        const count = pieces.reduce((sum, one) => sum + one, 0)
        expect(taken).toBe(simulation(sensors, seed).next(count, at))
      }),
    )
    expect(simulation(sensors, 7).next(100, at)).not.toBe(simulation(sensors, 8).next(100, at))
  })
})
