import type { AlarmReport } from './batch.ts'
import type { Conditions } from './nut/ups-conditions.ts'

/** The last state of each alarm that was ever active, by its ref. */
export type AlarmStates = Readonly<Record<string, AlarmReport>>

/**
 * The states of one device's alarms after its conditions were read: those that changed alone. An alarm keeps its ref over all of
 * its activations; one that holds on keeps the text and time of its activation.
 */
export function changedAlarms(
  states: AlarmStates,
  device: { ref: string; label: string },
  conditions: Conditions,
  now: string,
): AlarmReport[] {
  const activated = conditions.holding.flatMap(({ condition, detail }) => {
    const ref = alarmRef(device.ref, condition.name)
    if (isActive(states[ref])) return []
    const message = `${device.label} ${condition.sentence}${detail}`.slice(0, 1000)
    return [{ ref, deviceRef: device.ref, label: condition.label, message, severity: condition.severity, activatedTime: now }]
  })
  const cleared = conditions.over.flatMap((name) => {
    const state = states[alarmRef(device.ref, name)]
    return isActive(state) ? [{ ...state, clearedTime: now }] : []
  })
  return [...activated, ...cleared]
}

/** `states` with `changes` over them. */
export function withAlarms(states: AlarmStates, changes: readonly AlarmReport[]): AlarmStates {
  return { ...states, ...Object.fromEntries(changes.map((alarm) => [alarm.ref, alarm])) }
}

/** `states` without those of devices that are there no longer: the server clears these with the device. */
export function alarmsOf(states: AlarmStates, deviceRefs: ReadonlySet<string>): AlarmStates {
  return Object.fromEntries(Object.entries(states).filter(([, alarm]) => deviceRefs.has(alarm.deviceRef)))
}

function alarmRef(deviceRef: string, condition: string): string {
  return `${deviceRef}/${condition}`
}

function isActive(state: AlarmReport | undefined): state is AlarmReport {
  return state !== undefined && state.clearedTime === undefined
}
