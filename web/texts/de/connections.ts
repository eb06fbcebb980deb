import type * as english from '../connections.ts'
import type { Translated } from '../translated.ts'

export const connectionsTexts: Translated<typeof english.connectionsTexts> = {
  title: 'Verbindungen',
  lead: 'Welche Kunden mit welchen Partnern verbunden sind und ob der Partner lesen kann: wenn nicht, warum und seit wann.',
  export: 'CSV exportieren',
  search: 'Verbindungen suchen',
  placeholder: 'Name, Partner-ID oder ID',
  state: 'Status',
  anyState: 'Jeder Status',
  count: (valid, all) => `${valid} von ${all} gültig`,
  found: (count) => `${count} gefunden`,
  table: 'Verbindungen',
  columns: {
    customer: 'Kunde',
    partner: 'Partner',
    state: 'Status',
    since: 'Seit',
    consent: 'Einwilligung',
    read: 'Zuletzt gelesen',
  },
  nothing: '–',
  empty: {
    title: 'Niemand ist verbunden',
    text: 'Ein Kunde fügt seinen Partner durch die Partner-ID hinzu, ein Partner lädt einen Kunden ein, oder Sie verbinden beide auf der Seite des Kunden.',
  },
  noneFound: {
    title: 'Keine passende Verbindung',
    text: 'Suchen Sie nach einem Teil eines Namens, nach Partner-ID oder ID, oder wählen Sie einen anderen Status.',
  },
}
