import { expect, test } from 'vitest'
import { batchSchema } from '../src/domain/batch.ts'
import { demoState, demoStep } from './life.ts'

const began = new Date('2026-03-14T10:15:00.000Z')
const state = demoState(began, 60_000)
const firstStep = Math.floor(began.getTime() / 60_000)
const day = Array.from({ length: 24 * 60 }, (_, minute) => demoStep(state, firstStep + minute))

test('every step is a batch that the ingest API takes', () => {
  for (const batch of day) expect(batchSchema.parse(batch)).toEqual(batch)
})

test('something in the inventory changes at every step', () => {
  for (const [place, { inventory }] of day.entries()) {
    if (place > 0) expect(inventory, `step ${place}`).not.toEqual(day[place - 1]?.inventory)
  }
})

test('an alarm activates every few minutes', () => {
  const activations = day.map(({ alarms }, place) => {
    const before = new Set(day[place - 1]?.alarms?.map(({ ref, activatedTime }) => ref + activatedTime))
    return place > 0 && alarms?.some(({ ref, activatedTime }) => !before.has(ref + activatedTime))
  })
  for (let from = 1; from + 5 <= activations.length; from += 1) {
    expect(activations.slice(from, from + 5), `steps ${from} to ${from + 4}`).toContain(true)
  }
})

test('every alarm that lives clears and comes again, and no other ever joins them', () => {
  const refs = new Set(day.flatMap(({ alarms }) => alarms?.map(({ ref }) => ref) ?? []))
  expect(refs.size).toBe(state.alarms.length)
  for (const ref of refs) {
    const times = new Set(
      day.flatMap(({ alarms }) => alarms?.filter((alarm) => alarm.ref === ref).map((alarm) => alarm.activatedTime) ?? []),
    )
    const cleared = day.some(({ alarms }) => alarms?.some((alarm) => alarm.ref === ref && alarm.clearedTime !== undefined))
    expect(times.size, `activations of ${ref}`).toBeGreaterThan(1)
    expect(cleared, `${ref} clears`).toBe(true)
  }
})

test('a step reports nothing from after it', () => {
  for (const [place, { alarms }] of day.entries()) {
    const at = new Date((firstStep + place) * 60_000).toISOString()
    for (const { activatedTime, clearedTime } of alarms ?? []) expect((clearedTime ?? activatedTime) <= at).toBe(true)
  }
})

test('processes that do the same step send the same batch', () => {
  expect(demoStep(demoState(began, 60_000), firstStep)).toEqual(day[0])
})
