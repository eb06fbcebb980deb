import { paths } from '../../paths.ts'
import type * as english from '../portal.ts'
import type { Translated } from '../translated.ts'
import { locale } from './language.ts'

export const portalTexts: Translated<typeof english.portalTexts> = {
  skip: 'Zum Inhalt springen',
  openNavigation: 'Navigation öffnen',
  navigation: 'Hauptnavigation',
  administration: 'Verwaltung',
  notices: 'Mitteilungen',
  pages: {
    [paths.overview]: 'Übersicht',
    [paths.inventory]: 'Inventar',
    [paths.sensors]: 'Sensoren',
    [paths.alarms]: 'Alarme',
    [paths.customers]: 'Kunden',
    [paths.companies]: 'Unternehmen',
    [paths.connections]: 'Verbindungen',
    [paths.keys]: 'API',
    [paths.webhooks]: 'Webhooks',
    [paths.subscriptions]: 'Abonnements',
    [paths.gateways]: 'Gateways',
    [paths.accessHistory]: 'Zugriffsverlauf',
    [paths.activity]: 'Aktivität',
    [paths.licenceKeys]: 'Lizenzschlüssel',
    [paths.mails]: 'E-Mails',
    [paths.companyData]: 'Unternehmensdaten',
    [paths.users]: 'Benutzer',
    [paths.settings]: 'Einstellungen',
    [paths.system]: 'System',
    [paths.signInSettings]: 'Anmeldung',
  },
  invite: 'Mitarbeitende einladen',
  accountMenu: 'Kontomenü',
  docs: 'Dokumentation',
  account: 'Ihr Konto',
  signOut: 'Abmelden',
  signedInAs: (email) => `Angemeldet als ${email}`,
  scheme: 'Darstellung',
  schemes: { auto: 'System', light: 'Hell', dark: 'Dunkel' },
  language: 'Sprache',
  loading: 'Wird geladen …',
  tryAgain: 'Erneut versuchen',
  requestId: (id) => `Anfrage-ID: ${id}`,
  toClipboard: (label) => `${label}: in die Zwischenablage`,
  soon: 'gleich',
  justNow: 'gerade eben',
  cancel: 'Abbrechen',
  close: 'Schließen',
  save: 'Speichern',
  saved: 'Gespeichert',
  saving: 'Wird gespeichert …',
  copy: 'Kopieren',
  copied: 'Kopiert',
  search: 'Suchen',
  searchKeys: 'Strg K',
  never: 'Nie',
  more: (shown, all) => ({ count: `${shown} von ${all} angezeigt`, more: '100 weitere anzeigen' }),
  onlyAdministrators: 'Nur Administratoren Ihres Unternehmens können dies ändern.',
  onlyAdministratorsSee: 'Nur Administratoren Ihres Unternehmens können dies sehen.',
  notFound: {
    title: 'Seite nicht gefunden',
    text: 'An dieser Adresse gibt es keine Seite. Vielleicht ist sie umgezogen oder gehört zu einem anderen Konto.',
    home: 'Zur ersten Seite',
  },
  failed: 'Etwas ist schiefgegangen',
  nothing: {
    title: 'Hier gibt es nichts zu tun',
    text: 'Das Demo-Unternehmen hat keine eigenen Seiten. Seine Daten werden mit Demo-Schlüsseln gelesen.',
  },
}

export const companyKindTexts: Translated<typeof english.companyKindTexts> = {
  vendor: 'Anbieter',
  partner: 'Partner',
  customer: 'Kunde',
  demo: 'Demo',
}

export const roleTexts: Translated<typeof english.roleTexts> = {
  administrator: 'Administrator',
  operator: 'Operator',
  editor: 'Bearbeiter',
  viewer: 'Betrachter',
}

export const inWords: typeof english.inWords = (parts) => new Intl.ListFormat(locale).format(parts)
