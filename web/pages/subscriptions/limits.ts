import type { DataKinds, Partner } from '../../client.ts'
import { limitsTexts as texts } from '../../texts/consent.ts'
import { dayAhead, dayOf, endOfDay } from '../../ui/times.ts'

/** The limits of a consent, as they stand in the form. */
export interface Limits {
  kinds: DataKinds
  until: 'withdrawn' | 'date'
  /** The last day (yyyy-mm-dd), where it has one. */
  date: string
}

/** Those of the consent that stands; without one, all until it is withdrawn. */
export function limitsOf(consent: Partner['consent']): Limits {
  return {
    kinds: consent?.kinds ?? { inventory: true, alarms: true, sensors: true },
    until: consent?.endsAt ? 'date' : 'withdrawn',
    date: consent?.endsAt ? dayOf(consent.endsAt) : '',
  }
}

/** What is wrong with them, by the field. */
export function limitsMistakes({ kinds, until, date }: Limits): { kinds?: string; date?: string } {
  return {
    ...(Object.values(kinds).some(Boolean) ? {} : { kinds: texts.kindsMissing }),
    ...(until === 'withdrawn' || (date && date >= dayAhead(0)) ? {} : { date: date ? texts.datePast : texts.dateMissing }),
  }
}

/** The limits as the API takes them. A date that was not changed stays what it is, to the millisecond. */
export function limitsBody({ kinds, until, date }: Limits, consent: Partner['consent']) {
  const kept = consent?.endsAt && dayOf(consent.endsAt) === date ? consent.endsAt : undefined
  return { kinds, endsAt: until === 'withdrawn' ? null : (kept ?? endOfDay(date)) }
}

export function sameLimits(one: Limits, other: Limits): boolean {
  return (
    one.until === other.until &&
    (one.until === 'withdrawn' || one.date === other.date) &&
    (['inventory', 'alarms', 'sensors'] as const).every((kind) => one.kinds[kind] === other.kinds[kind])
  )
}
