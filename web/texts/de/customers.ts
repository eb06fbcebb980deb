import type * as english from '../customers.ts'
import type { Translated } from '../translated.ts'

export const customersTexts: Translated<typeof english.customersTexts> = {
  title: 'Kunden',
  lead: 'Die mit Ihrem Unternehmen verbundenen Kunden. Ein Kunde ist gültig, solange er einwilligt und ein aktives Abonnement hat: Dann lesen Ihre Schlüssel seine Gerätedaten.',
  search: 'Kunden suchen',
  placeholder: 'Name oder Organisations-ID',
  count: (valid, all) => (all === 1 ? `${valid} von 1 Kunden ist gültig` : `${valid} von ${all} Kunden sind gültig`),
  found: (found) => `${found} gefunden`,
  table: 'Kunden',
  columns: {
    customer: 'Kunde',
    state: 'Status',
    consent: 'Einwilligung seit',
    subscription: 'Abonnement bis',
    read: 'Zuletzt gelesen',
  },
  invite: 'Kunden einladen',
  export: 'CSV exportieren',
  changed: 'Geändert',
  ended: 'Abgelaufen am',
  devices: 'Inventar',
  gateways: 'Gateways verwalten',
  gatewaysOf: (label) => `Gateways verwalten: ${label}`,
  devicesOf: (label) => `Inventar von ${label}`,
  copyId: (label) => `Organisations-ID von ${label} kopieren`,
  shares: (kinds) => `Gibt frei: ${kinds}.`,
  nothing: '–',
  empty: {
    title: 'Noch keine Kunden',
    text: (partnerId) =>
      `Ein Kunde erscheint hier, sobald er mit Ihrem Unternehmen verbunden ist${partnerId ? `: Er fügt Sie mit Ihrer Partner-ID ${partnerId} hinzu` : ''} oder nimmt eine Einladung von Ihnen an. Von da an sehen Sie, ob seine Daten gelesen werden können und, falls nicht, warum.`,
  },
  noneFound: {
    title: 'Kein Kunde passt',
    text: (partnerId) =>
      `Suchen Sie nach einem Teil des Namens oder nach der Organisations-ID. Nur Kunden, die mit Ihrem Unternehmen verbunden sind, stehen hier: Ein Unternehmen, das schon in diesem Portal ist, fügt Sie${partnerId ? ` mit Ihrer Partner-ID ${partnerId}` : ''} unter Verwaltung > Abonnements hinzu, ein neues laden Sie ein.`,
    clear: 'Suche leeren',
  },
}
