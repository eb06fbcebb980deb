import type * as english from '../gateways.ts'
import type { Translated } from '../translated.ts'

export const gatewaysTexts: Translated<typeof english.gatewaysTexts> = {
  title: 'Gateways',
  lead: 'Ein Gateway ist Software an Ihrem Standort. Es liest Ihre Geräte aus und sendet das Gelesene hierher; von außen verbindet sich nichts mit Ihrem Standort.',
  add: 'Gateway hinzufügen',
  table: 'Gateways',
  columns: {
    name: 'Name',
    state: 'Status',
    contact: 'Letzter Kontakt',
    waiting: 'Wartend',
    devices: 'Geräte',
    version: 'Version',
    added: 'Hinzugefügt',
    actions: 'Aktionen',
  },
  states: { never: 'Noch nie gemeldet', silent: 'Kein Kontakt', heard: 'In Kontakt' },
  waitingHint: 'Was auf der Platte des Gateways liegt und noch zu senden ist, wie es bei der letzten Meldung selbst sagte',
  nothingWaits: 'Nichts',
  noContact: 'Noch nicht',
  unknownVersion: '–',
  notShared: '–',
  acting: (customer) => `Sie handeln für ${customer}`,
  actingText:
    'Gateways, die Sie hier hinzufügen oder entfernen, gehören diesem Kunden, und was Sie tun, wird dort unter Ihrem Namen protokolliert. Der Kunde kann das jederzeit beenden.',
  anotherCompany: 'ein anderes Unternehmen',
  up: 'Kunden',
  empty: {
    title: 'Noch keine Gateways',
    text: 'Fügen Sie eines hinzu, um ein Token zu erhalten, legen Sie das Token auf einen Rechner, der Ihre Geräte erreicht, und starten Sie dort das Gateway. Ihre Geräte erscheinen innerhalb weniger Minuten hier, und mit den ersten Daten beginnt Ihre Testphase.',
  },
  remove: 'Entfernen',
  removeNamed: (name) => `${name} entfernen`,
  removeTitle: (name) => `Gateway „${name}“ entfernen?`,
  removeText:
    'Sein Token wird sofort abgelehnt, und nichts, was es sendet, wird noch gespeichert. Das lässt sich nicht rückgängig machen: Ein wieder hinzugefügtes Gateway erhält ein neues Token.',
  removeKept: 'Die Geräte, die es gemeldet hat, bleiben, mit allem, was über sie bekannt ist.',
  removeConfirm: 'Gateway entfernen',
  removed: (name) => `Das Gateway „${name}“ ist entfernt.`,
}

export const replaceTokenTexts: Translated<typeof english.replaceTokenTexts> = {
  button: 'Token ersetzen',
  named: (name) => `Token ersetzen: ${name}`,
  title: (name) => `Token von „${name}“ ersetzen?`,
  text: 'Das jetzige Token wird sofort abgelehnt. Bis das Gateway mit dem neuen gestartet ist, behält es das Gelesene auf seiner Platte und sendet es dann: Unterdessen geht nichts verloren.',
  confirm: 'Token ersetzen',
  shown: {
    title: 'Neues Token des Gateways kopieren',
    once: 'Das Token wird nur dieses eine Mal angezeigt. Das bisherige wird ab jetzt abgelehnt. Geht dieses verloren, ersetzen Sie es erneut.',
    label: 'Gateway-Token',
    done: 'Fertig',
    leaveTitle: 'Ohne Kopieren schließen?',
    leave:
      'Das Token wurde nicht kopiert und kann nicht noch einmal angezeigt werden. Ohne das Token kann das Gateway nicht senden: Sie müssten es erneut ersetzen.',
    back: 'Zurück zum Token',
    leaveAnyway: 'Trotzdem schließen',
  },
  tokenFile: '1. Legen Sie auf dem Rechner des Gateways das neue Token in seine Datei',
  command: '2. Starten Sie das Gateway neu',
}

export const addGatewayTexts: Translated<typeof english.addGatewayTexts> = {
  title: 'Gateway hinzufügen',
  name: 'Name',
  nameHint: 'Wo es steht, damit Sie es wiedererkennen: „Basel, Serverraum 2“.',
  nameMissing: 'Geben Sie dem Gateway einen Namen.',
  nameLong: 'Höchstens 100 Zeichen.',
  submit: 'Gateway hinzufügen',
  shown: {
    title: 'Token des Gateways kopieren',
    once: 'Das Token wird nur dieses eine Mal angezeigt. Geht es verloren, entfernen Sie das Gateway und fügen Sie es neu hinzu.',
    label: 'Gateway-Token',
    done: 'Fertig',
    leaveTitle: 'Ohne Kopieren schließen?',
    leave:
      'Das Token wurde nicht kopiert und kann nicht noch einmal angezeigt werden. Sie müssten dieses Gateway entfernen und neu hinzufügen.',
    back: 'Zurück zum Token',
    leaveAnyway: 'Trotzdem schließen',
  },
  tokenFile: '1. Bewahren Sie das Token auf dem Rechner des Gateways in einer Datei auf, die nur dessen Benutzer lesen darf',
  config: '2. Schreiben Sie gateway.yaml daneben',
  command: '3. Starten Sie das Gateway',
}
