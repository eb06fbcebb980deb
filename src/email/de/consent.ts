import type { Translation } from '../messages.ts'
import { consentFacts } from './consent-words.ts'
import { momentInWords } from './locale.ts'
import { whoInWords } from './who.ts'

type ReceiptFacts = Parameters<Translation['consent-receipt']>[0]
type Receipts = Record<
  ReceiptFacts['side'],
  Record<ReceiptFacts['event'], (customer: string, partner: string) => { subject: string; says: string }>
>

const receipts: Receipts = {
  customer: {
    given: (_, partner) => ({
      subject: `Zugriff erlaubt: ${partner}`,
      says: `${partner} kann ab jetzt Gerätedaten Ihres Unternehmens lesen, wie unten angegeben.`,
    }),
    changed: (_, partner) => ({
      subject: `Zugriff geändert: ${partner}`,
      says: `Was ${partner} von den Gerätedaten Ihres Unternehmens lesen kann, wurde geändert, wie unten angegeben.`,
    }),
    withdrawn: (_, partner) => ({
      subject: `Zugriff widerrufen: ${partner}`,
      says: `Jede Anfrage von ${partner} nach Gerätedaten Ihres Unternehmens wird ab jetzt abgelehnt. Was davor gelesen wurde, kann nicht zurückgenommen werden.`,
    }),
    expired: (_, partner) => ({
      subject: `Zugriff abgelaufen: ${partner}`,
      says: `Das Datum ist erreicht, bis zu dem ${partner} Gerätedaten Ihres Unternehmens lesen durfte: Von da an wird jede Anfrage abgelehnt.`,
    }),
  },
  partner: {
    given: (customer) => ({
      subject: `${customer} hat den Zugriff erlaubt`,
      says: `Ihr Unternehmen kann ab jetzt Gerätedaten von ${customer} lesen, wie unten angegeben.`,
    }),
    changed: (customer) => ({
      subject: `${customer} hat Ihren Zugriff geändert`,
      says: `Was Ihr Unternehmen von den Gerätedaten von ${customer} lesen kann, wurde geändert, wie unten angegeben.`,
    }),
    withdrawn: (customer) => ({
      subject: `${customer} hat den Zugriff widerrufen`,
      says: `Anfragen nach Gerätedaten von ${customer} werden ab jetzt abgelehnt.`,
    }),
    expired: (customer) => ({
      subject: `Der Zugriff auf ${customer} ist abgelaufen`,
      says: `Das Datum ist erreicht, bis zu dem Ihr Unternehmen Gerätedaten von ${customer} lesen durfte: Von da an werden Anfragen abgelehnt.`,
    }),
  },
}

/** About a consent. What is signed of a receipt stays as it is, so that it can be verified. */
export const consentMessages: Pick<Translation, 'consent-requested' | 'consent-receipt' | 'consent-ending'> = {
  'consent-requested': ({ partner, by, contactEmail }, portal) => ({
    subject: `${partner} bittet darum, Ihre Gerätedaten lesen zu dürfen`,
    before: [
      `${partner} ist bei ${portal.name} mit Ihrem Unternehmen verbunden und bittet Sie, den API-Zugriff auf Ihre Gerätedaten zu erlauben. Ohne Ihre Erlaubnis sieht ${partner} nur den Namen und den Status Ihres Unternehmens.`,
      'Sie entscheiden, für alle oder für einige Arten von Daten, und können jederzeit widerrufen: Das Kästchen heißt „API-Zugriff auf Gerätedaten erlauben“ und steht unter Verwaltung > Abonnements. Wenn Sie ablehnen möchten, brauchen Sie nichts zu tun.',
    ],
    button: 'Zum Kästchen',
    facts: [['Anfrage von', whoInWords(by)], ...(contactEmail === undefined ? [] : [['Kontakt', contactEmail] as const])],
  }),
  'consent-receipt': ({ side, event, customer, partner, by, at, kinds, endsAt, textVersion, proof }) => {
    const { subject, says } = receipts[side][event](customer, partner)
    return {
      subject,
      before: [says, 'Bewahren Sie diese E-Mail als Ihren Beleg auf.'],
      facts: [
        ['Kunde', customer],
        ['Partner', partner],
        ...consentFacts(kinds, endsAt),
        ...(by === null ? [] : [['Durch', by] as const]),
        ['Wann', momentInWords(at)],
        ...(textVersion === null ? [] : [['Version des Wortlauts', textVersion] as const]),
      ],
      after: [
        'Den vollständigen Beleg, zum Drucken oder Herunterladen, findet der Kunde unter Verwaltung > Abonnements und der Partner unter Kunden. Er gibt den englischen Wortlaut wieder.',
        'Er ist zusammen mit dem Protokoll der Vorgänge bis zu ihm signiert. Um später zu prüfen, dass im Protokoll nichts geändert wurde, speichern Sie die nächste Zeile als Datei, und übergeben Sie diese an „assent audit verify --head“:',
        proof,
      ],
    }
  },
  'consent-ending': ({ side, customer, partner, days, kinds, endsAt }) => {
    const when = days === 1 ? 'innerhalb eines Tages' : `in ${days} Tagen`
    return {
      ...(side === 'customer'
        ? {
            subject: `Der Zugriff von ${partner} endet ${when}`,
            before: [
              `Ihr Unternehmen lässt ${partner} bis zu einem Datum Gerätedaten lesen, das ${when} erreicht ist. Von da an wird jede Anfrage abgelehnt.`,
              'Soll es weitergehen, ändern Sie das Datum unter Verwaltung > Abonnements. Wenn nicht, ist nichts zu tun.',
            ],
          }
        : {
            subject: `Der Zugriff auf ${customer} endet ${when}`,
            before: [
              `${customer} lässt Ihr Unternehmen bis zu einem Datum Gerätedaten lesen, das ${when} erreicht ist. Von da an werden Anfragen abgelehnt.`,
              'Soll es weitergehen, bitten Sie einen Administrator des Kunden, das Datum zu ändern.',
            ],
          }),
      facts: [['Kunde', customer], ['Partner', partner], ...consentFacts(kinds, endsAt)],
    }
  },
}
