import type * as english from '../problems.ts'
import type { Translated } from '../translated.ts'

export const problemTexts: Translated<typeof english.problemTexts> = {
  pageFailed: {
    title: 'Diese Seite ist fehlgeschlagen',
    detail:
      'Darin ist etwas schiefgegangen. Laden Sie sie neu; wenn das nicht hilft, wenden Sie sich an den Betreiber dieses Portals.',
  },
  notSignedIn: { title: 'Sie sind nicht angemeldet', detail: 'Melden Sie sich an, dann geht es weiter.' },
  unreachable: {
    title: 'Der Server ist nicht erreichbar',
    detail: 'Prüfen Sie Ihre Verbindung, und versuchen Sie es erneut.',
  },
  unexpected: {
    title: 'Der Server hat unerwartet geantwortet',
    detail: (status) => `Er antwortete mit Status ${status}. Versuchen Sie es erneut.`,
  },
}
