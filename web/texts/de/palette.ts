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
  invite: 'Mitarbeitende einladen',
  account: 'Ihr Konto',
  signOut: 'Abmelden',
  scheme: { light: 'Darstellung: hell', dark: 'Darstellung: dunkel', auto: 'Darstellung: wie das System' },
  language: (name) => `Sprache: ${name}`,
  hint: 'Auf und ab wählt aus, Eingabe öffnet, Esc schließt',
}
