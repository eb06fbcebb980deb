import type * as english from '../mails.ts'
import type { Translated } from '../translated.ts'

export const mailsTexts: Translated<typeof english.mailsTexts> = {
  title: 'E-Mails',
  lead: 'Jede E-Mail der letzten 30 Tage, an wen auch immer. Links werden niemandem außer dem Empfänger angezeigt.',
  leadWithoutServer:
    'Es gibt keinen Mailserver, deshalb bleiben E-Mails hier und werden niemandem gesendet. Um sie zu senden, starten Sie den Server mit ASSENT_SMTP_URL.',
  table: 'E-Mails',
  columns: { subject: 'Betreff', recipient: 'An', state: 'Status', about: 'Unternehmen', created: 'Geschrieben' },
  states: { kept: 'Aufbewahrt', waiting: 'Wartet', sent: 'Gesendet', failed: 'Gescheitert' },
  nothing: '–',
  empty: {
    title: 'Noch keine E-Mails',
    text: 'Einladungen und Mitteilungen über Schlüssel, Gateways und Personen erscheinen hier, sobald sie geschrieben sind.',
  },
  older: 'Ältere E-Mails anzeigen',
}

export const mailTexts: Translated<typeof english.mailTexts> = {
  title: 'E-Mail',
  up: 'E-Mails',
  retry: 'Erneut versuchen',
  retried: 'Die E-Mail wird erneut versucht.',
  facts: {
    to: 'An',
    about: 'Unternehmen',
    state: 'Status',
    written: 'Geschrieben',
    sent: 'Gesendet',
    attempts: 'Versuche',
    next: 'Nächster Versuch',
    error: 'Letzter Fehler',
  },
  text: 'Text',
  withheld: 'Der Link ist hier weggelassen: Er öffnet jedem, der ihn hat, den Zugang, und ist nur für den Empfänger bestimmt.',
  unknown: 'Diese Version des Portals kennt die Worte dieser E-Mail nicht.',
}
