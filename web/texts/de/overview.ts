import { countText } from '../../numbers.ts'
import type * as english from '../overview.ts'
import type { Translated } from '../translated.ts'

export const overviewTexts: Translated<typeof english.overviewTexts> = {
  title: 'Übersicht',
  lead: 'Wie es um Ihre Standorte steht, und wer darüber lesen darf.',
  sites: 'Ihre Standorte',
  noAlarms: 'Keine aktiven Alarme',
  alarms: (count) => `${countText(count)} ${count === 1 ? 'aktiver Alarm' : 'aktive Alarme'}`,
  unacknowledged: (count) => `${countText(count)} nicht quittiert`,
  devices: (count) => `${countText(count)} ${count === 1 ? 'Gerät' : 'Geräte'}`,
  allInContact: 'Alle in Kontakt',
  withoutContact: (count) => `${countText(count)} ohne Kontakt`,
  gateways: (count) => `${count} ${count === 1 ? 'Gateway' : 'Gateways'}`,
  noGateways: 'Noch kein Gateway',
  addGateway: 'Fügen Sie das erste hinzu: Es findet Ihre Geräte und sendet, was sie melden.',
  allSending: 'Alle senden',
  silent: (count) => `${count} seit 15 Minuten oder länger still`,
  access: 'Wer Zugriff hat',
  noPartners: 'Kein Partner ist mit Ihnen verbunden. Niemand außerhalb Ihres Unternehmens liest Ihre Gerätedaten.',
  nobody: 'Kein Partner hat jetzt Ihre Einwilligung: Keiner liest Ihre Gerätedaten.',
  partners: 'Partner und ihr Zugriff',
  columns: { partner: 'Partner', reads: 'Liest', since: 'Seit', administers: 'Verwaltet' },
  nothing: 'Nichts',
  kinds: { inventory: 'Inventar', alarms: 'Alarme', sensors: 'Sensoren und Messwerte' },
  paused: 'ruht: kein aktives Abonnement',
  administers: { yes: 'Ja', no: 'Nein' },
  manageAccess: 'Zugriff verwalten',
  subscription: 'Ihr Abonnement',
  organizationId: 'Organisations-ID',
  copyId: 'Organisations-ID kopieren',
}
