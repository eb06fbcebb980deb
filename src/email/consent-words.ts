import type { DataKinds } from '../domain/partnership.ts'
import { momentInWords } from './locale.ts'

const kindWords: readonly (readonly [keyof DataKinds, string])[] = [
  ['inventory', 'locations and devices'],
  ['alarms', 'alarms'],
  ['sensors', 'sensors and what they measure'],
]

/** The kinds of data that are shared, in words. */
export function kindsInWords(kinds: DataKinds): string {
  return kindWords
    .filter(([kind]) => kinds[kind])
    .map(([, word]) => word)
    .join('; ')
}

/** What a consent shares, and until when, as mails and receipts say it. */
export function consentFacts(kinds: DataKinds, endsAt: string | null): [string, string][] {
  return [
    ['Shared', kindsInWords(kinds)],
    ['Until', endsAt === null ? 'withdrawn' : momentInWords(endsAt)],
  ]
}
