import { type AccessesWanted, accessDays } from '../../accesses.ts'

const outcomes = ['read', 'refused', 'failed'] as const
const daysDefault = 7

/** What an address asks for: it can be kept, and sent to somebody. What makes no sense in it is left out. */
export function wantedIn(search: Record<string, unknown>): AccessesWanted {
  const text = (name: string) => (typeof search[name] === 'string' && search[name] !== '' ? search[name] : undefined)
  const day = text('day')
  const outcome = outcomes.find((one) => one === search.outcome)
  const rest = { company: text('company'), reader: text('reader'), operation: text('operation'), outcome }
  return {
    days: accessDays.find((days) => days === Number(search.days)) ?? daysDefault,
    ...(day !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) && { day }),
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
  }
}
