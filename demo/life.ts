import type { AlarmReport, Batch, DeviceReport } from '../src/domain/batch.ts'
import type { PossibleAlarm } from './alarm-kinds.ts'
import { worldOf } from './batches.ts'
import { calendarDate, dayMs } from './dates.ts'
import { demoPlan } from './organizations.ts'
import { type Random, seededRandom } from './random.ts'

/** How many devices take turns in changing, one each step; and how many alarms take turns in activating. */
const livelyDevices = 12
const livelyAlarmsMax = 36
/** A lively alarm activates once in so many steps for each lively alarm there is: with a step a minute, one every 4 minutes. */
const stepsPerAlarm = 4

/** What of the demo company lives. Made once, from its plan and the moment at which its world began. */
export interface DemoState {
  devices: DeviceReport[]
  alarms: PossibleAlarm[]
  stepMs: number
}

export function demoState(began: Date, stepMs: number): DemoState {
  const { inventory, rest } = worldOf(demoPlan, began)
  const roots = inventory.devices.filter((device) => device.parentRef === undefined)
  return {
    devices: seededRandom('lively devices').shuffled(roots).slice(0, livelyDevices),
    alarms: rest.slice(0, livelyAlarmsMax),
    stepMs,
  }
}

/**
 * What the demo company's gateway reports at a step (a number of steps since 1970): the present state of all that lives. It
 * follows from the step alone: so the steps of a stop need no catching up, and processes that do the same step send the same batch,
 * which is stored once (I7). What did not change since the step before is stored without a change (I6).
 */
export function demoStep(state: DemoState, step: number): Batch {
  return {
    batchId: `life-${state.stepMs}-${step}`,
    inventory: { full: false, locations: [], devices: state.devices.map((device, turn) => deviceAt(state, device, turn, step)) },
    alarms: state.alarms.map((alarm, turn) => alarmAt(state, alarm, turn, step)),
  }
}

function deviceAt(state: DemoState, device: DeviceReport, turn: number, step: number): DeviceReport {
  const count = state.devices.length
  const round = Math.floor((step - turn) / count)
  const changed = new Date((round * count + turn) * state.stepMs)
  return { ...device, ...changes[turn % changes.length]?.(device, round, changed) }
}

/** Each gives something else in each round than in the round before. */
const changes: readonly ((device: DeviceReport, round: number, at: Date) => Partial<DeviceReport>)[] = [
  (_, __, at) => ({
    deviceNote: `Checked on the tour of ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC: nothing found.`,
  }),
  (device, round) => ({ firmwareVersion: `${device.firmwareVersion?.split('.').slice(0, 2).join('.')}.${7 + (round % 20)}` }),
  (_, round, at) => ({ serviceDueDate: calendarDate(new Date(at.getTime() + (180 + (round % 28)) * dayMs)) }),
  (device, round) => ({ label: `${device.label} (${['in service', 'on watch', 'under test'][round % 3]})` }),
]

function alarmAt(state: DemoState, alarm: PossibleAlarm, turn: number, step: number): AlarmReport {
  const period = state.alarms.length * stepsPerAlarm
  const offset = turn * stepsPerAlarm
  const cycle = Math.floor((step - offset) / period)
  const random = seededRandom(`${alarm.ref} ${cycle}`)
  const activated = cycle * period + offset
  const cleared = activated + lasting(alarm, random)
  const timeOf = (moment: number) => new Date(moment * state.stepMs).toISOString()
  return {
    ref: alarm.ref,
    deviceRef: alarm.deviceRef,
    label: alarm.kind.label,
    message: alarm.message(random),
    severity: alarm.kind.severity,
    activatedTime: timeOf(activated),
    ...(cleared <= step && { clearedTime: timeOf(cleared) }),
  }
}

/** In steps: as many as the alarm's kind lasts in minutes. */
function lasting(alarm: PossibleAlarm, random: Random): number {
  return random.int(...alarm.kind.lastsMinutes)
}
