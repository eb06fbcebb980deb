import type { PrintedReceipt } from '../printed-receipt.ts'
import { consentFacts } from './consent-words.ts'
import { momentInWords } from './locale.ts'

export const germanReceipt: PrintedReceipt = {
  title: 'Einwilligungsbeleg',
  events: {
    given: 'Die Einwilligung wurde erteilt',
    changed: 'Die Einwilligung wurde geändert',
    withdrawn: 'Die Einwilligung wurde widerrufen',
    expired: 'Die Einwilligung ist abgelaufen',
  },
  facts: ({ id, at, customer, partner, by, kinds, endsAt, consentId, act }) => [
    ['Kunde', `${customer.name} (${customer.id})`],
    ['Partner', `${partner.name} (${partner.partnerId})`],
    ...consentFacts(kinds, endsAt ?? null),
    ...(by === undefined ? [] : [['Durch', by] as const]),
    ['Wann', momentInWords(at)],
    ['Einwilligung', consentId],
    ['Beleg', id],
    ['Vorgang des Protokolls', String(act)],
  ],
  agreed: (version) => `Worin eingewilligt wurde (Version ${version}, im englischen Wortlaut)`,
  reads: (partner) => `Was ${partner} lesen kann:`,
  closed: 'Was verschlossen bleibt:',
  head: (at) => `Kopf des Protokolls der Vorgänge, signiert ${at}`,
}
