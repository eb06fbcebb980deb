import { beforeAll, describe, expect, test } from 'vitest'
import { leewayMs, weekMs } from './alarm-age.ts'
import { type Alarm, batchesAfter, firstOf, listOf } from './families.ts'
import type { KeyName } from './world.ts'

const severities = ['OK', 'INFO', 'WARNING', 'CRITICAL', 'ERROR', 'FAIL', 'INITIALIZE', 'UNKNOWN']

describe.each<KeyName>(['own', 'demo'])(
  'the alarms read with the key "%s" (contract, sections 3 and 4)',
  { timeout: 180_000 },
  (key) => {
    let organizationId: string
    let listed: Alarm[]
    let changed: Alarm[]

    beforeAll(async () => {
      organizationId = await firstOf(key)
      listed = (await listOf('alarms', key, organizationId)).entries as Alarm[]
      const batches = await batchesAfter('alarms', key, organizationId, 0)
      changed = batches.flatMap(({ entries }) => entries) as Alarm[]
    })

    test('the list holds active alarms and cleared ones, each once', () => {
      expect(listed.filter(({ clearedTime }) => clearedTime === undefined)).not.toEqual([])
      expect(listed.filter(({ clearedTime }) => clearedTime !== undefined)).not.toEqual([])
      expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length)
    })

    test('none in the list was cleared more than 7 days ago', () => {
      const oldest = Date.now() - weekMs - leewayMs
      expect(listed.filter(({ clearedTime }) => clearedTime !== undefined && Date.parse(clearedTime) < oldest)).toEqual([])
    })

    test('every active alarm, and every one cleared within the last 7 days, that the changes tell of is in the list', () => {
      const recent = Date.now() - weekMs + leewayMs
      const current = changed.filter(({ clearedTime }) => clearedTime === undefined || Date.parse(clearedTime) > recent)
      const ids = new Set(listed.map(({ id }) => id))
      const startedMeanwhile = (alarm: Alarm) => Date.parse(alarm.activatedTime) > Date.now() - leewayMs
      expect(current.filter((alarm) => !ids.has(alarm.id) && !startedMeanwhile(alarm))).toEqual([])
      expect(current).not.toEqual([])
    })

    test('a severity is one of the eight', () => {
      expect([...listed, ...changed].filter(({ severity }) => !severities.includes(severity))).toEqual([])
    })

    test('none is cleared before it was activated', () => {
      const wrong = listed.filter(({ activatedTime, clearedTime }) => clearedTime !== undefined && clearedTime < activatedTime)
      expect(wrong).toEqual([])
    })

    test('the active ones are about devices of the inventory', async () => {
      const devices = new Set(
        (await listOf('inventory', key, organizationId)).entries.map((entry) => (entry as { id: string }).id),
      )
      const active = listed.filter(({ clearedTime }) => clearedTime === undefined)
      expect(active.filter(({ deviceId }) => !devices.has(deviceId))).toEqual([])
    })
  },
)

describe('the sensors (contract, section 3)', { timeout: 180_000 }, () => {
  test.each<KeyName>(['own', 'demo'])('read with the key "%s" are about devices of the inventory, each once', async (key) => {
    const organizationId = await firstOf(key)
    const sensors = (await listOf('sensors', key, organizationId)).entries as { id: string; deviceId: string }[]
    const devices = new Set((await listOf('inventory', key, organizationId)).entries.map((entry) => (entry as { id: string }).id))
    expect(sensors).not.toEqual([])
    expect(new Set(sensors.map(({ id }) => id)).size).toBe(sensors.length)
    expect(sensors.filter(({ deviceId }) => !devices.has(deviceId))).toEqual([])
  })
})
