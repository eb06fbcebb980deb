import type { Translation } from '../messages.ts'
import { momentInWords } from './locale.ts'
import { factsOf, notKnown } from './whose-what.ts'

/** About API keys. */
export const keyMessages: Pick<
  Translation,
  | 'key-generated'
  | 'key-deleted'
  | 'key-disabled'
  | 'key-enabled'
  | 'key-narrowed'
  | 'key-rotated'
  | 'key-expires'
  | 'key-reported'
> = {
  'key-generated': (facts) => ({
    subject: `Ein Schlüssel wurde erzeugt: ${facts.name}`,
    before: ['Ein neuer API-Schlüssel Ihres Unternehmens kann ab jetzt Gerätedaten lesen.'],
    facts: factsOf('Schlüssel', facts),
    after: [notKnown],
  }),
  'key-deleted': (facts) => ({
    subject: `Ein Schlüssel wurde gelöscht: ${facts.name}`,
    before: ['Ein API-Schlüssel Ihres Unternehmens wurde gelöscht. Programme, die ihn verwenden, werden ab jetzt abgelehnt.'],
    facts: factsOf('Schlüssel', facts),
    after: [notKnown],
  }),
  'key-disabled': (facts) => ({
    subject: `Ein Schlüssel wurde deaktiviert: ${facts.name}`,
    before: [
      'Ein API-Schlüssel Ihres Unternehmens wurde deaktiviert. Programme, die ihn verwenden, werden abgelehnt, bis er wieder aktiviert wird.',
    ],
    facts: factsOf('Schlüssel', facts),
    after: [notKnown],
  }),
  'key-enabled': (facts) => ({
    subject: `Ein Schlüssel wurde aktiviert: ${facts.name}`,
    before: ['Ein API-Schlüssel Ihres Unternehmens wurde aktiviert. Er kann wieder Gerätedaten lesen.'],
    facts: factsOf('Schlüssel', facts),
    after: [notKnown],
  }),
  'key-narrowed': (facts) => ({
    subject: `Ein Schlüssel wurde eingeschränkt: ${facts.name}`,
    before: [
      'Ein API-Schlüssel Ihres Unternehmens hat weniger Rechte als bisher: weniger Kunden, weniger Netzwerke oder ein früheres Ende. Was er noch darf, steht unter Verwaltung > API.',
    ],
    facts: factsOf('Schlüssel', facts),
    after: [notKnown],
  }),
  'key-rotated': (facts) => ({
    subject: `Ein Schlüssel wurde erneuert: ${facts.name}`,
    before: [
      'Ein API-Schlüssel Ihres Unternehmens wird durch einen neuen mit denselben Einstellungen ersetzt. Bis wann der alte noch angenommen wird, steht unter Verwaltung > API.',
    ],
    facts: factsOf('Schlüssel', facts),
    after: [notKnown],
  }),
  'key-expires': ({ company, name, expiresAt, days }) => ({
    subject: `Ein Schlüssel läuft ${days <= 1 ? 'innerhalb eines Tages' : `in ${days} Tagen`} ab: ${name}`,
    before: [
      'Programme, die diesen API-Schlüssel verwenden, werden von da an abgelehnt. Sein Ablauf lässt sich nicht verschieben: Erzeugen Sie vorher unter Verwaltung > API einen neuen Schlüssel, und stellen Sie die Programme darauf um.',
    ],
    facts: [
      ['Schlüssel', name],
      ['Unternehmen', company],
      ['Läuft ab', momentInWords(expiresAt)],
    ],
  }),
  'key-reported': ({ company, name, prefix, at, lastUsedAt }) => ({
    subject: `Ein Schlüssel wurde gefunden und wird ab jetzt abgelehnt: ${name}`,
    before: [
      'Jemand hat diesen API-Schlüssel Ihres Unternehmens gefunden, vollständig lesbar, und gemeldet. Er wird ab jetzt überall und endgültig abgelehnt.',
      'Erzeugen Sie einen neuen Schlüssel für die Programme, die ihn verwendet haben. Suchen Sie die Stelle, an der er zu lesen war, und sehen Sie sich seine letzten Verwendungen an.',
    ],
    facts: [
      ['Schlüssel', `${name} (${prefix}…)`],
      ['Unternehmen', company],
      ['Gemeldet', momentInWords(at)],
      ['Zuletzt verwendet', lastUsedAt === undefined ? 'Nie' : momentInWords(lastUsedAt)],
    ],
  }),
}
