import type { Severity } from '../../client.ts'
import { severityTexts } from '../../texts/alarms.ts'
import { type Mood, State } from '../../ui/state.tsx'

const moods: Record<Severity, Mood> = {
  FAIL: 'bad',
  CRITICAL: 'bad',
  ERROR: 'bad',
  WARNING: 'warn',
  UNKNOWN: 'warn',
  INITIALIZE: 'idle',
  INFO: 'idle',
  OK: 'good',
}

/** A severity in a word, with the mark of its group. */
export function SeverityMark({ severity }: { severity: Severity }) {
  return <State mood={moods[severity]}>{severityTexts[severity]}</State>
}
