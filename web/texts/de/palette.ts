import { paths } from '../../paths.ts'
import type * as english from '../palette.ts'
import type { Translated } from '../translated.ts'

export const paletteTexts: Translated<typeof english.paletteTexts> = {
  title: 'Suche und Befehle',
  placeholder: 'Wohin, oder was tun?',
  results: 'Ergebnisse',
  none: 'Nichts passt.',
  kinds: {
    page: 'Seite',
    action: 'Aktion',
    device: 'Gerät',
    location: 'Standort',
    customer: 'Kunde',
    company: 'Unternehmen',
  },
  findSensor: (words) => `Sensoren finden: ${words}`,
  invite: 'Mitarbeitende einladen',
  account: 'Ihr Konto',
  signOut: 'Abmelden',
  scheme: { light: 'Darstellung: hell', dark: 'Darstellung: dunkel', auto: 'Darstellung: wie das System' },
  language: (name) => `Sprache: ${name}`,
  pageHints: {
    [paths.sensors]: 'Aktuelle Werte: Temperatur, Last, der höchste und der niedrigste',
    [paths.keys]: 'Schlüssel für Programme',
    [paths.subscriptions]: 'Ihr Partner: Einwilligung, Zugriff erlauben oder widerrufen; Lizenzschlüssel',
    [paths.accessHistory]: 'Wer was gelesen hat, und wann',
    [paths.activity]: 'Das Protokoll: wer was getan hat',
    [paths.users]: 'Mitarbeitende, Einladungen und Rollen',
    [paths.signInSettings]: 'Zwei-Faktor-Anmeldung und Single Sign-on für alle',
    [paths.companyData]: 'Export, und das Unternehmen schließen',
  },
  hint: 'Auf und ab wählt aus, Eingabe öffnet, Esc schließt',
}
