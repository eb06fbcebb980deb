import { expect, test } from 'vitest'
import { readReport } from '../src/measurements/report.ts'
import { SensorTable } from '../src/measurements/sensor-table.ts'
import { worldOf } from './batches.ts'
import { dayMs, minuteMs } from './dates.ts'
import { measurementLines } from './measurements.ts'
import { demoPlan, hospitalPlan } from './organizations.ts'
import { sensorsOf } from './sensors.ts'

const now = new Date('2026-03-14T10:15:00.000Z')
const moments = Array.from({ length: 288 }, (_, place) => new Date(now.getTime() - dayMs + place * 5 * minuteMs))

/** What anybody would believe, by the sensor's type and unit. */
const believable: Record<string, [least: number, most: number]> = {
  'LOAD %': [5, 96],
  'VOLTAGE V': [222, 238],
  'CURRENT A': [0, 32],
  'ACTIVE_POWER W': [0, 6000],
  'ACTIVE_POWER kW': [0, 100],
  'BATTERY_CHARGE %': [95, 100],
  'BATTERY_RUNTIME s': [600, 20_000],
  'TEMPERATURE °C': [14, 35],
  'ENERGY kWh': [0, 200_000],
  'FUEL_LEVEL %': [40, 100],
  'FAN_SPEED %': [20, 100],
  'HUMIDITY %': [30, 60],
}

test.each([demoPlan, hospitalPlan].map((plan) => [plan.label, plan] as const))(
  'every sensor of %s measures what its kind would, all day long, the same each time',
  async (_, plan) => {
    const { devices } = worldOf(plan, now).inventory
    const sensors = sensorsOf(devices).map((sensor) => ({
      ...sensor,
      deviceType: devices.find(({ ref }) => ref === sensor.deviceRef)?.type as string,
    }))
    const values = new Map<string, Set<number | string>>(sensors.map(({ ref }) => [ref, new Set()]))
    const table = SensorTable.of(new Map(sensors.map(({ ref }) => [ref, ref])), 0)
    for (const at of moments) {
      const text = measurementLines(sensors, at)
      expect(measurementLines(sensors, at)).toBe(text)
      const { count, bad } = readReport(Buffer.from(text), table, now)
      expect([count, bad]).toEqual([sensors.length, []])
      for (const line of text.trimEnd().split('\n')) {
        const { sensorRef, numericValue, stringValue } = JSON.parse(line)
        values.get(sensorRef)?.add(numericValue ?? stringValue)
      }
    }
    for (const { ref, type, unit } of sensors) {
      const seen = [...(values.get(ref) as Set<number | string>)]
      if (type === 'STATUS') {
        expect(
          seen.every((one) => ['Online', 'Bypass', 'A', 'B'].includes(one as string)),
          ref,
        ).toBe(true)
        continue
      }
      const [least, most] = believable[`${type} ${unit}`] as [number, number]
      expect(Math.min(...(seen as number[])), ref).toBeGreaterThanOrEqual(least)
      expect(Math.max(...(seen as number[])), ref).toBeLessThanOrEqual(most)
    }
  },
)
