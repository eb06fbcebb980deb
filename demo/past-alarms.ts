import type { AlarmReport } from '../src/domain/batch.ts'
import type { PossibleAlarm } from './alarm-kinds.ts'
import { dayMs, minuteMs } from './dates.ts'
import { seededRandom } from './random.ts'

/** How often an alarm that came again has come, at most. */
const episodesMax = 4
/** How far back the oldest activation lies. A list shows what was cleared within 7 days. */
const pastDays = 5

/**
 * What has happened to these alarms before `now`: for each, its activations, oldest first, each as the gateway would have reported
 * it. Those that may stay for days are active still. Reported in this order, all but the first activation of an alarm count as reactivations.
 */
export function pastAlarms(alarms: readonly PossibleAlarm[], now: Date): AlarmReport[][] {
  return alarms.map((alarm) => episodes(alarm, alarm.kind.stays === true, now))
}

function episodes({ ref, deviceRef, kind, message }: PossibleAlarm, active: boolean, now: Date): AlarmReport[] {
  const random = seededRandom(`past ${ref}`)
  const count = random.chance(0.5) ? random.int(2, episodesMax) : 1
  // Evenly spread, so that no two activations of one alarm overlap.
  const spacingMs = (pastDays * dayMs) / count
  return Array.from({ length: count }, (_, episode) => {
    const holds = active && episode === count - 1
    const lastsMs = random.int(...kind.lastsMinutes) * minuteMs
    const ageMs = (count - 1 - episode) * spacingMs + random.int(lastsMs + minuteMs, spacingMs)
    const activatedMs = now.getTime() - ageMs
    return {
      ref,
      deviceRef,
      label: kind.label,
      message: message(random),
      severity: kind.severity,
      activatedTime: new Date(activatedMs).toISOString(),
      ...(!holds && { clearedTime: new Date(activatedMs + lastsMs).toISOString() }),
    }
  })
}

/** The batches' worth of alarm reports: the first holds each alarm's first activation, the next its second, and so on. */
export function byEpisode(histories: readonly AlarmReport[][]): AlarmReport[][] {
  return Array.from({ length: episodesMax }, (_, episode) => histories.flatMap((history) => history[episode] ?? [])).filter(
    (reports) => reports.length > 0,
  )
}
