import type * as english from '../customer.ts'
import type { Translated } from '../translated.ts'

export const customerTexts: Translated<typeof english.customerTexts> = {
  title: 'Kunde',
  up: 'Kunden',
  id: 'Organisations-ID',
  facts: {
    state: 'Status',
    since: 'Geändert',
    shares: 'Gibt frei',
    consent: 'Einwilligung erteilt',
    consentUntil: 'Einwilligung bis',
    subscription: 'Abonnement bis',
    subscriptionEnded: 'Abonnement endete',
    connected: 'Verbunden',
    lastRead: 'Zuletzt gelesen',
    asked: 'Um Einwilligung gebeten',
  },
  about: 'Angaben',
  neverRead: 'Noch nicht',
  nothing: 'Nichts',
  devices: 'Inventar',
  sensors: 'Sensoren',
  alarms: 'Alarme',
  data: 'Gerätedaten',
  dataLead: 'Was Ihre Schlüssel von diesem Kunden lesen, sehen Ihre Personen hier, zu denselben Bedingungen.',
  noData: {
    title: 'Von diesem Kunden wird jetzt nichts gelesen',
    text: 'Inventar, Alarme und Sensoren erscheinen hier, sobald er gültig ist.',
  },
  gateways: 'Gateways verwalten',
}

export const askConsentTexts: Translated<typeof english.askConsentTexts> = {
  action: 'Um Einwilligung bitten',
  of: (label) => `Um Einwilligung bitten: ${label}`,
  title: (label) => `${label} um Einwilligung bitten?`,
  text: 'Die Administratoren des Kunden erhalten eine E-Mail mit einem Link zum Kästchen. Sie entscheiden, und müssen nichts tun.',
  again: 'Nach einer Woche können Sie erneut bitten.',
  confirm: 'E-Mail senden',
  done: (label) => `${label} ist um Einwilligung gebeten.`,
  asked: 'Gebeten',
}

export const partnerOverviewTexts: Translated<typeof english.partnerOverviewTexts> = {
  title: 'Übersicht',
  customers: 'Kunden',
  valid: (valid, all) => `${valid} von ${all} Kunden ${all === 1 ? 'ist' : 'sind'} gültig`,
  waiting: (count) => `${count} ohne Einwilligung`,
  lapsed: (count) => `${count} ohne aktives Abonnement`,
  suspended: (count) => `${count} gesperrt`,
  toCustomers: 'Alle Kunden',
  noCustomers: 'Noch ist kein Kunde mit Ihrem Unternehmen verbunden.',
  changes: 'Änderungen der Abdeckung',
  changesLead: 'Der letzten 30 Tage, die neueste zuerst.',
  noChanges: {
    title: 'Keine Änderungen in 30 Tagen',
    text: 'Wenn sich ein Kunde verbindet, einwilligt oder widerruft, oder wenn sein Abonnement beginnt oder endet, steht es hier.',
  },
  columns: { when: 'Wann', customer: 'Kunde', change: 'Was' },
  expiring: 'Bald ablaufende Schlüssel',
  expiringLead:
    'Innerhalb von 30 Tagen. Das Ende eines Schlüssels lässt sich nicht verschieben: Erzeugen Sie vorher einen neuen.',
  noneExpiring: 'Kein Schlüssel läuft innerhalb von 30 Tagen ab.',
  toKeys: 'Alle Schlüssel, und neue',
  keyColumns: { name: 'Schlüssel', expires: 'Läuft ab', used: 'Zuletzt verwendet' },
  usage: 'Nutzung',
  partnerId: 'Partner-ID',
  copyPartnerId: 'Partner-ID kopieren',
}

export const coverageChangeTexts: typeof english.coverageChangeTexts = {
  connected: { word: 'Verbunden', mood: 'idle' },
  disconnected: { word: 'Nicht mehr verbunden', mood: 'bad' },
  'consent given': { word: 'Einwilligung erteilt', mood: 'good' },
  'consent ended': { word: 'Einwilligung beendet', mood: 'warn' },
  'subscription started': { word: 'Abonnement begonnen', mood: 'good' },
  'subscription ended': { word: 'Abonnement beendet', mood: 'warn' },
}
