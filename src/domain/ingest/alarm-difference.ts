import type { AlarmReport } from '../batch.ts'
import { type BadRecord, pointerTo } from '../batch-errors.ts'
import type { OwnReference, StoredAlarm } from './stored.ts'
import { alarmJson } from './wire.ts'

/** An alarm to write, with the JSON text that the API will send. */
export interface ChangedAlarm extends StoredAlarm {
  severity: string
}

export interface AlarmDifference {
  errors: BadRecord[]
  changed: ChangedAlarm[]
  put: OwnReference[]
}

/**
 * What a gateway's alarm states change. `stored` are the alarms that it has names for, by name; `devices` its live devices, its
 * name for each to the id; `newId` gives an id that was never used.
 */
export function alarmDifference(
  stored: ReadonlyMap<string, StoredAlarm>,
  devices: ReadonlyMap<string, string>,
  reports: readonly AlarmReport[],
  newId: () => string,
): AlarmDifference {
  const result: AlarmDifference = { errors: [], changed: [], put: [] }
  const places = new Map<string, string>()
  for (const [index, report] of reports.entries()) {
    const place = pointerTo('alarms', index)
    const former = places.get(report.ref)
    if (former !== undefined)
      result.errors.push({
        pointer: `${place}/ref`,
        detail: `is the ref of ${former} too: send one state of an alarm in a batch`,
      })
    places.set(report.ref, place)
    const deviceId = devices.get(report.deviceRef)
    if (deviceId === undefined) {
      const detail = `there is no device "${report.deviceRef}": report it in this batch's inventory, or before`
      result.errors.push({ pointer: `${place}/deviceRef`, detail })
      continue
    }
    const alarm = stored.get(report.ref)
    const next = nextState(alarm, alarm?.id ?? newId(), deviceId, report)
    if (alarm === undefined) result.put.push({ reference: report.ref, objectId: next.id })
    if (alarm?.json !== next.json) result.changed.push(next)
  }
  return result
}

/**
 * An alarm's state after a report. It became active again where it was cleared and is reported active, or is reported cleared
 * again after an activation that lies behind the clearing that we know of: then the activation between was missed.
 */
function nextState(alarm: StoredAlarm | undefined, id: string, deviceId: string, report: AlarmReport): ChangedAlarm {
  const wasCleared = alarm?.clearedTime ?? null
  const isReactivated = wasCleared !== null && (report.clearedTime === undefined || report.activatedTime > wasCleared)
  const state = {
    activatedTime: report.activatedTime,
    clearedTime: report.clearedTime ?? null,
    reactivations: (alarm?.reactivations ?? 0) + (isReactivated ? 1 : 0),
  }
  return { id, deviceId, severity: report.severity, ...state, json: alarmJson(id, deviceId, report, state) }
}

/** An active alarm after its device went, or is this gateway's no longer: nobody else would clear it. */
export function clearedAt(alarm: StoredAlarm, now: string): ChangedAlarm {
  return rewritten({ ...alarm, clearedTime: now })
}

/** An alarm after its device turned out to be another. */
export function movedTo(alarm: StoredAlarm, deviceId: string): ChangedAlarm {
  return rewritten({ ...alarm, deviceId })
}

function rewritten(alarm: StoredAlarm): ChangedAlarm {
  const from = JSON.parse(alarm.json)
  return { ...alarm, severity: from.severity, json: alarmJson(alarm.id, alarm.deviceId, from, alarm) }
}
