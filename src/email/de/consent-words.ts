import type { DataKinds } from '../../domain/partnership.ts'
import { momentInWords } from './locale.ts'

const kindWords: readonly (readonly [keyof DataKinds, string])[] = [
  ['inventory', 'Standorte und Geräte'],
  ['alarms', 'Alarme'],
  ['sensors', 'Sensoren und was sie messen'],
]

/** What a consent shares, and until when. */
export function consentFacts(kinds: DataKinds, endsAt: string | null): [string, string][] {
  const shared = kindWords.filter(([kind]) => kinds[kind]).map(([, word]) => word)
  return [
    ['Freigegeben', shared.join('; ')],
    ['Bis', endsAt === null ? 'zum Widerruf' : momentInWords(endsAt)],
  ]
}
