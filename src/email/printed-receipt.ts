import type { ConsentReceipt } from '../domain/consent-receipt.ts'
import { consentFacts } from './consent-words.ts'
import { momentInWords } from './locale.ts'

/** What stands around the words that were agreed to, where a receipt is printed: those, and what is signed, stay as they are. */
export interface PrintedReceipt {
  title: string
  events: Record<ConsentReceipt['event'], string>
  facts(receipt: ConsentReceipt): (readonly [string, string])[]
  agreed(version: string): string
  reads(partner: string): string
  closed: string
  /** Before the signed head of the record. */
  head(at: string): string
}

export const englishReceipt: PrintedReceipt = {
  title: 'consent receipt',
  events: {
    given: 'Consent was given',
    changed: 'Consent was changed',
    withdrawn: 'Consent was withdrawn',
    expired: 'Consent has expired',
  },
  facts: ({ id, at, customer, partner, by, kinds, endsAt, consentId, act }) => [
    ['Customer', `${customer.name} (${customer.id})`],
    ['Partner', `${partner.name} (${partner.partnerId})`],
    ...consentFacts(kinds, endsAt ?? null),
    ...(by === undefined ? [] : [['By', by] as const]),
    ['When', momentInWords(at)],
    ['Consent', consentId],
    ['Receipt', id],
    ['Act of the record', String(act)],
  ],
  agreed: (version) => `What was agreed to (version ${version})`,
  reads: (partner) => `What ${partner} can read:`,
  closed: 'What stays closed:',
  head: (at) => `Head of the record of acts, signed at ${at}`,
}
