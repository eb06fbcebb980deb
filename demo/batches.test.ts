import { describe, expect, test } from 'vitest'
import { batchSchema, type DeviceReport } from '../src/domain/batch.ts'
import { batchesOf, worldOf } from './batches.ts'
import { demoPlan, foodsPlan, hospitalPlan, logisticsPlan, universityPlan } from './organizations.ts'

const now = new Date('2026-03-14T10:15:00.000Z')
const plans = [demoPlan, hospitalPlan, foodsPlan, universityPlan, logisticsPlan]

describe.each(plans.map((plan) => [plan.label, plan] as const))('what the gateway of %s has sent', (_, plan) => {
  const batches = batchesOf(plan, now)
  const first = batches[0]
  const devices = first?.inventory?.devices ?? []
  const locations = first?.inventory?.locations ?? []
  const sensors = first?.sensors?.sensors ?? []
  const alarms = batches.flatMap((batch) => batch.alarms ?? [])

  test('is taken by the ingest API as it is', () => {
    for (const batch of batches) expect(batchSchema.parse(batch)).toEqual(batch)
  })

  test('refers only to what it holds, each parent before its children: so nothing is its own ancestor', () => {
    expect(unique(locations.map(({ ref }) => ref))).toBe(true)
    expect(unique(devices.map(({ ref }) => ref))).toBe(true)
    const seen = new Set<string>()
    for (const { ref, parentRef } of locations) {
      expect(parentRef === undefined || seen.has(parentRef), `parent of ${ref}`).toBe(true)
      seen.add(ref)
    }
    const seenDevices = new Set<string>()
    for (const { ref, parentRef, locationRef } of devices) {
      expect(parentRef === undefined ? seen.has(locationRef ?? '') : seenDevices.has(parentRef), `whole of ${ref}`).toBe(true)
      seenDevices.add(ref)
    }
    for (const { deviceRef } of [...sensors, ...alarms]) expect(seenDevices).toContain(deviceRef)
  })

  test('has rack PDUs of outlets in banks, in racks of rooms of buildings of sites', () => {
    const outlet = devices.find(({ type }) => type === 'OUTLET') as DeviceReport
    const whole = [outlet, ...ancestors(outlet, devices)]
    expect(whole.map(({ type }) => type)).toEqual(['OUTLET', 'OUTLET_GROUP', 'RPDU'])
    const rack = locations.find(({ ref }) => ref === whole[2]?.locationRef) as (typeof locations)[number]
    expect([rack, ...ancestors(rack, locations)].map(({ type }) => type)).toEqual(['RACK', 'ROOM', 'BUILDING', 'SITE'])
  })

  test('has serial numbers and addresses that are nobody’s and not shared', () => {
    const roots = devices.filter(({ parentRef }) => parentRef === undefined)
    expect(unique(devices.flatMap(({ serialNumber }) => serialNumber ?? []))).toBe(true)
    expect(unique(roots.map(({ ipAddress }) => ipAddress))).toBe(true)
    for (const root of roots) {
      expect(root.ipAddress).toMatch(/^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}$/)
      expect(root.macAddress).toMatch(/^02(:[0-9a-f]{2}){5}$/)
    }
  })

  test('has active and cleared alarms, some of which came again, none from the future', () => {
    const last = new Map(alarms.map((alarm) => [alarm.ref, alarm]))
    expect([...last.values()].filter(({ clearedTime }) => clearedTime === undefined).length).toBeGreaterThan(0)
    expect([...last.values()].filter(({ clearedTime }) => clearedTime !== undefined).length).toBeGreaterThan(0)
    expect(alarms.length).toBeGreaterThan(last.size)
    for (const [place, alarm] of alarms.entries()) {
      const before = alarms.slice(0, place).findLast(({ ref }) => ref === alarm.ref)
      if (before) expect(alarm.activatedTime > (before.clearedTime ?? 'still active'), `${alarm.ref} comes again`).toBe(true)
      expect(alarm.activatedTime < (alarm.clearedTime ?? now.toISOString())).toBe(true)
      expect((alarm.clearedTime ?? alarm.activatedTime) <= now.toISOString()).toBe(true)
    }
  })

  test('is the same each time', () => {
    expect(batchesOf(plan, now)).toEqual(batches)
  })
})

test('the demo company has 60 to 120 devices on two sites, the others 15 to 60', () => {
  const [demo, ...others] = plans.map((plan) => worldOf(plan, now).inventory)
  expect(demo?.locations.filter(({ type }) => type === 'SITE')).toHaveLength(2)
  expect(demo?.devices.length).toBeGreaterThanOrEqual(60)
  expect(demo?.devices.length).toBeLessThanOrEqual(120)
  for (const { devices } of others) {
    expect(devices.length).toBeGreaterThanOrEqual(15)
    expect(devices.length).toBeLessThanOrEqual(60)
  }
})

test('the demo company’s alarms are of several severities, active and cleared', () => {
  const alarms = batchesOf(demoPlan, now).flatMap((batch) => batch.alarms ?? [])
  const severities = (active: boolean) =>
    new Set(alarms.filter(({ clearedTime }) => (clearedTime === undefined) === active).map(({ severity }) => severity))
  expect(severities(true).size).toBeGreaterThanOrEqual(3)
  expect(severities(false).size).toBeGreaterThanOrEqual(3)
})

function unique(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length
}

function ancestors<One extends { ref: string; parentRef?: string | undefined }>(one: One, all: readonly One[]): One[] {
  const parent = all.find(({ ref }) => ref === one.parentRef)
  return parent ? [parent, ...ancestors(parent, all)] : []
}
