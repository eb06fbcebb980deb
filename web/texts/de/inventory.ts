import { countText } from '../../numbers.ts'
import type * as english from '../inventory.ts'
import type { Translated } from '../translated.ts'

export const inventoryTexts: Translated<typeof english.inventoryTexts> = {
  title: 'Inventar',
  lead: 'Ihre Standorte und die Geräte, die Ihre Gateways dort gefunden haben. Die Seite eines Geräts zeigt seine Sensoren, während sie messen.',
  leadOf: (customer) =>
    `Was die Gateways ${customer ? `von ${customer}` : 'dieses Kunden'} gefunden haben, mit Einwilligung für Ihr Unternehmen freigegeben.`,
  up: 'Kunde',
  tree: 'Standorte und Geräte',
  search: 'Inventar durchsuchen',
  placeholder: 'Name, Modell, Seriennummer, Sensor',
  type: 'Typ',
  anyType: 'Alle Typen',
  location: 'Standort',
  anyLocation: 'Alle Standorte',
  state: 'Status',
  anyState: 'Jeder Status',
  states: {
    bad: 'Ausgefallen, kritisch oder fehlerhaft',
    warn: 'Warnung oder unbekannt',
    alarms: 'Mit aktiven Alarmen',
    silent: 'Ohne Kontakt',
    quiet: 'Nichts zu melden',
  },
  moreSensors: (lookedAt) =>
    `Mehr als ${countText(lookedAt)} Sensoren heißen so: Suchen Sie nach mehr vom Namen, um alle ihre Geräte zu finden`,
  count: (found, all) =>
    found === all ? `${countText(all)} ${all === 1 ? 'Gerät' : 'Geräte'}` : `${countText(found)} von ${countText(all)} Geräten`,
  sensor: (label) => `Sensor: ${label}`,
  silent: 'Kein Kontakt',
  keys: 'Pfeiltasten bewegen, öffnen und schließen; die Eingabetaste öffnet die Seite eines Geräts; Buchstaben finden einen Namen.',
  empty: {
    title: 'Noch keine Geräte',
    text: 'Geräte erscheinen hier innerhalb weniger Minuten nach der ersten Meldung eines Gateways. Fügen Sie unter Verwaltung > Gateways ein Gateway hinzu, und starten Sie es, wo es die Geräte erreicht.',
    textOf: 'Die Gateways dieses Kunden haben bisher keine gemeldet.',
  },
  noneFound: {
    title: 'Nichts passt',
    text: 'Suchen Sie nach einem Teil von Name, Seriennummer oder Modell oder vom Namen eines Sensors, oder wählen Sie einen anderen Typ, Standort oder Status.',
  },
  actions: (label) => `Aktionen für ${label}`,
  open: 'Öffnen',
  addLocation: 'Neuer Standort',
  edit: 'Bearbeiten',
  editNamed: (label) => `${label} bearbeiten`,
  remove: 'Entfernen',
  removeNamed: (label) => `${label} entfernen`,
}

export const locationTexts: Translated<typeof english.locationTexts> = {
  addTitle: 'Neuer Standort',
  editTitle: (label) => `${label} bearbeiten`,
  name: 'Name',
  nameMissing: 'Bitte geben Sie einen Namen ein.',
  type: 'Typ',
  types: { SITE: 'Areal', BUILDING: 'Gebäude', FLOOR: 'Stockwerk', ROOM: 'Raum', ROW: 'Reihe', RACK: 'Rack' },
  within: 'In',
  top: 'Kein anderer Standort',
  address: 'Adresse',
  asReported: 'Wie sein Gateway es meldet',
  reportedHint: 'Diesen Standort meldet ein Gateway. Was Sie hier festlegen, geht dessen Angaben vor, bis Sie es zurücknehmen.',
  add: 'Standort hinzufügen',
  added: (label) => `${label} ist hinzugefügt.`,
  changed: (label) => `${label} ist geändert.`,
  removeTitle: (label) => `${label} entfernen?`,
  removeText:
    'Der Standort verschwindet für alle, die das Inventar lesen. Er muss leer sein: Verschieben Sie zuerst, was darin ist.',
  removeConfirm: 'Standort entfernen',
  removed: (label) => `${label} ist entfernt.`,
}

export const reportedTexts: Translated<typeof english.reportedTexts> = {
  takeBack: (field) => `${field}: wie vom Gateway gemeldet`,
}

export const editDeviceTexts: Translated<typeof english.editDeviceTexts> = {
  edit: 'Bearbeiten',
  title: (label) => `${label} bearbeiten`,
  lead: 'Was Sie hier festlegen, geht den Angaben der Gateways vor, für alle, die das Inventar lesen. Ein leeres Feld sagt, dass es nichts gibt.',
  name: 'Name',
  nameMissing: 'Bitte geben Sie einen Namen ein.',
  location: 'Standort',
  partHint: 'Es ist Teil eines anderen Geräts und steht dort, wo dieses steht.',
  note: 'Notiz',
  warranty: 'Garantie bis',
  lastService: 'Letzte Wartung',
  serviceDue: 'Wartung fällig',
  asReported: 'Wie seine Gateways es melden',
  nowhere: 'An keinem Standort',
  saved: (label) => `${label} ist geändert.`,
}
