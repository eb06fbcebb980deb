import type { AlarmReport } from '../batch.ts'
import type { UpsReading } from './read-upsd.ts'

/** A thing that can be wrong with a UPS: `name` is the last part of its alarm's ref. */
export interface Condition {
  name: string
  label: string
  severity: AlarmReport['severity']
  sentence: string
}

/** By NUT's status words (ups.status). The severity follows from what the load has to fear. */
const statusConditions: Record<string, Condition> = {
  // The load is supplied, for as long as the battery lasts: somebody should look.
  OB: { name: 'on-battery', label: 'On battery', severity: 'WARNING', sentence: 'runs on battery' },
  // The load is about to go down.
  LB: { name: 'low-battery', label: 'Low battery', severity: 'CRITICAL', sentence: 'has a low battery' },
  // All is well until the next power cut.
  RB: { name: 'replace-battery', label: 'Replace battery', severity: 'WARNING', sentence: 'needs a new battery' },
  // The UPS may drop the load at any moment, also with the mains there.
  OVER: { name: 'overload', label: 'Overload', severity: 'CRITICAL', sentence: 'is overloaded' },
}

// Nothing is known to be wrong with the load, and nothing is known at all.
const lostCommunication: Condition = {
  name: 'lost-communication',
  label: 'Lost communication',
  severity: 'ERROR',
  sentence: 'cannot be read',
}

export const conditionNames = [...Object.values(statusConditions), lostCommunication].map((condition) => condition.name)

/** Which conditions hold, and which are known not to. What is in neither is not known now, and stays as it was. */
export interface Conditions {
  holding: { condition: Condition; detail: string }[]
  over: string[]
}

/** The conditions of a UPS that upsd has variables of. While its driver only starts (WAIT), nothing is known. */
export function conditionsOf(ups: UpsReading): Conditions {
  const words = (ups.variables?.get('ups.status') ?? '').split(' ').filter((word) => word !== '')
  if (words.length === 0 || words.includes('WAIT')) return { holding: [], over: [] }
  const holding = words.flatMap((word) => {
    const condition = statusConditions[word]
    return condition ? [{ condition, detail: supplyDetail(ups) }] : []
  })
  const over = conditionNames.filter((name) => !holding.some(({ condition }) => condition.name === name))
  return { holding, over }
}

/** The conditions of a UPS that could not be read, `problem` saying why. */
export function conditionsWhileLost(problem: string): Conditions {
  return { holding: [{ condition: lostCommunication, detail: `: ${problem}` }], over: [] }
}

function supplyDetail({ variables }: UpsReading): string {
  const charge = Number.parseFloat(variables?.get('battery.charge') ?? '')
  const runtimeS = Number.parseFloat(variables?.get('battery.runtime') ?? '')
  const parts = [
    ...(Number.isFinite(charge) ? [`charge ${Math.round(charge)} %`] : []),
    ...(Number.isFinite(runtimeS) ? [`runtime ${Math.round(runtimeS / 60)} min`] : []),
  ]
  return parts.length > 0 ? ` (${parts.join(', ')})` : ''
}
