import type * as english from '../keys.ts'
import type { Translated } from '../translated.ts'

export const keyKindTexts: Translated<typeof english.keyKindTexts> = {
  demo: {
    word: 'Demo',
    sentence:
      'Liest nur das Demo-Unternehmen: erfundene Geräte und Alarme, die sich ändern, um Programme zu schreiben und zu testen.',
  },
  all: { word: 'Alle Kunden', sentence: 'Liest jeden gültigen Kunden, auch solche, die später verbunden oder gültig werden.' },
  specific: {
    word: 'Bestimmte Kunden',
    sentence:
      'Liest die Kunden, die Sie auswählen, jeden, solange er gültig ist. Später lässt sich die Auswahl einschränken, nicht erweitern.',
  },
  own: { word: 'Eigene Daten', sentence: 'Liest die Gerätedaten Ihres eigenen Unternehmens, solange Ihr Abonnement aktiv ist.' },
}

const customers = (count: number) => `${count} ${count === 1 ? 'Kunde' : 'Kunden'}`

export const keysTexts: Translated<typeof english.keysTexts> = {
  title: 'API',
  lead: {
    partner: 'Schlüssel, mit denen Ihre Programme die Gerätedaten Ihrer Kunden lesen.',
    customer: 'Schlüssel, mit denen Ihre eigenen Programme Ihre Gerätedaten lesen.',
  },
  generate: 'Neuen API-Schlüssel erzeugen',
  docs: 'API-Dokumentation',
  found: 'Ist ein Schlüssel in falsche Hände geraten, in öffentlichem Code oder einem Log?',
  report: 'Melden Sie ihn, und er wird sofort abgelehnt',
  valid: 'Gültige Schlüssel',
  notValid: 'Deaktivierte, abgelaufene und gemeldete Schlüssel',
  notValidLead: 'Programme, die einen davon verwenden, werden abgelehnt.',
  columns: {
    name: 'Name',
    kind: 'Art',
    key: 'Schlüssel',
    created: 'Erzeugt',
    expires: 'Läuft ab',
    used: 'Verwendet',
    covers: 'Deckt ab',
    state: 'Status',
    actions: 'Aktionen',
  },
  covers: ({ kind, covered, chosen = 0 }) => {
    if (kind === 'demo') {
      return 'Demo-Daten'
    }
    if (kind === 'own') {
      return covered === 1 ? 'Ihr Unternehmen' : 'Jetzt nichts'
    }
    return chosen > covered ? `${covered} von ${chosen} Kunden` : customers(covered)
  },
  createdBy: (name) => `von ${name}`,
  neverUsed: 'Nie',
  from: (address) => `von ${address}`,
  expired: 'Abgelaufen',
  disabled: 'Deaktiviert',
  delete: 'Löschen',
  deleteNamed: (name) => `${name} löschen`,
  empty: {
    title: 'Keine gültigen Schlüssel',
    partner:
      'Ein Programm zeigt bei jeder Anfrage einen Schlüssel vor und liest, was der Schlüssel abdeckt. Erzeugen Sie zuerst einen Demo-Schlüssel: Er funktioniert sofort, mit erfundenen Daten. Danach einen für alle oder für einige Kunden.',
    customer:
      'Ein Programm zeigt bei jeder Anfrage einen Schlüssel vor und liest damit Ihre Gerätedaten. Erzeugen Sie einen für Ihre eigenen Daten, oder zum Ausprobieren zuerst einen Demo-Schlüssel.',
    reader:
      'Ein Programm zeigt bei jeder Anfrage einen Schlüssel vor und liest, was der Schlüssel abdeckt. Schlüssel erzeugen die Administratoren Ihres Unternehmens.',
  },
}

export const deleteKeyTexts: Translated<typeof english.deleteKeyTexts> = {
  title: (name) => `Schlüssel „${name}“ löschen?`,
  consequence: 'Programme, die ihn verwenden, werden sofort abgelehnt.',
  final:
    'Das lässt sich nicht rückgängig machen: Der Schlüssel kann nicht wiederhergestellt, nur durch einen neuen ersetzt werden.',
  lastUsed: 'Zuletzt verwendet',
  confirm: 'Schlüssel löschen',
  done: (name) => `Der Schlüssel „${name}“ ist gelöscht.`,
}

export const generateKeyTexts: Translated<typeof english.generateKeyTexts> = {
  title: 'Neuen API-Schlüssel erzeugen',
  name: 'Name',
  nameHint: 'Wo er verwendet wird, damit Sie ihn wiedererkennen: „Ticketabgleich, Produktion“.',
  nameMissing: 'Geben Sie dem Schlüssel einen Namen.',
  nameLong: 'Höchstens 100 Zeichen.',
  kind: 'Was der Schlüssel liest',
  customers: 'Kunden',
  search: 'Kunden suchen',
  placeholder: 'Name oder Organisations-ID',
  chosen: (count) => `${customers(count)} ausgewählt`,
  noneChosen: 'Wählen Sie mindestens einen Kunden.',
  laterCovered: 'Kunden, die jetzt nicht gültig sind, werden gelesen, sobald sie es sind.',
  noCustomers:
    'Noch ist kein Kunde mit Ihrem Unternehmen verbunden. Ein Schlüssel für alle Kunden liest sie, sobald sie es sind.',
  noneFound: 'Kein Kunde passt. Nur die mit Ihrem Unternehmen verbundenen stehen hier.',
  demo: 'Dies ist ein Demo-Schlüssel zum Testen',
  demoHint: 'Liest erfundene Daten des Demo-Unternehmens statt Ihrer eigenen.',
  expires: 'Läuft ab',
  expiries: {
    keep: 'Wie bisher',
    never: 'Nie',
    '30': 'In 30 Tagen',
    '90': 'In 90 Tagen',
    '365': 'In 365 Tagen',
    date: 'An einem Datum …',
  },
  expiresAt: (date) => `Am ${date}`,
  neverHint: 'Ein Schlüssel, der nie abläuft, funktioniert, bis ihn jemand löscht oder deaktiviert.',
  date: 'Letzter Tag',
  dateMissing: 'Wählen Sie den letzten Tag, an dem der Schlüssel funktionieren soll.',
  datePast: 'Wählen Sie einen Tag, der nicht vergangen ist.',
  submit: 'Schlüssel erzeugen',
  more: (left) => `Mehr anzeigen (noch ${left})`,
}

export const newKeyTexts: Translated<typeof english.newKeyTexts> = {
  title: 'Neuen API-Schlüssel kopieren',
  once: 'Der Schlüssel wird nur dieses eine Mal angezeigt. Kopieren Sie ihn jetzt, und bewahren Sie ihn dort auf, wo Ihr Programm seine Geheimnisse liest. Ein verlorener Schlüssel lässt sich nicht wiederbeschaffen, nur ersetzen.',
  label: 'Neuer API-Schlüssel',
  done: 'Fertig',
  leaveTitle: 'Ohne Kopieren schließen?',
  leave:
    'Der Schlüssel wurde nicht kopiert und kann nicht noch einmal angezeigt werden. Sie müssten diesen Schlüssel löschen und einen anderen erzeugen.',
  back: 'Zurück zum Schlüssel',
  leaveAnyway: 'Trotzdem schließen',
}

export const keyTexts: Translated<typeof english.keyTexts> = {
  up: 'API',
  title: 'Schlüssel',
  settings: 'Einstellungen',
  facts: {
    state: 'Status',
    kind: 'Art',
    key: 'Beginnt mit',
    created: 'Erzeugt',
    expires: 'Läuft ab',
    used: 'Zuletzt verwendet',
    covers: 'Deckt jetzt ab',
    networks: 'Angenommen von',
    limits: 'Grenzen',
  },
  limits: (limits) =>
    `${limits.requestsPerMinute} Anfragen pro Minute für Ihr Unternehmen; für jede Organisation ${limits.listsPerMinute} Listen, ${limits.changesPerMinute} Anfragen nach Änderungen und ${limits.devicesPerMinute} nach Geräten. ${limits.streams} Datenströme zugleich.`,
  reportedText: (date) =>
    `Jemand hat diesen Schlüssel gefunden und am ${date} gemeldet. Er wird endgültig abgelehnt: Erzeugen Sie einen neuen.`,
  state: {
    reported: 'Gemeldet',
    valid: 'Gültig',
    disabled: 'Deaktiviert',
    expired: 'Abgelaufen',
    invalid: 'Nicht gültig',
  },
  rename: 'Umbenennen',
  renameTitle: 'Schlüssel umbenennen',
  renamed: 'Der Schlüssel ist umbenannt.',
  disable: 'Deaktivieren',
  enable: 'Aktivieren',
  disableTitle: (name) => `Schlüssel „${name}“ deaktivieren?`,
  disableText: 'Programme, die ihn verwenden, werden ab jetzt abgelehnt, bis er wieder aktiviert wird.',
  disabled: 'Der Schlüssel ist deaktiviert.',
  enabled: 'Der Schlüssel ist aktiviert.',
  coverage: 'Kunden',
  coverageLead: {
    all: 'Die jetzt gelesenen, und jene mit Ihnen verbundenen, die es nicht werden, mit dem Grund.',
    specific:
      'Die Kunden, für die dieser Schlüssel erzeugt wurde. Ein Schlüssel lässt sich einschränken, aber nicht erweitern: Für weitere Kunden erzeugen Sie einen neuen.',
  },
  search: 'Kunden suchen',
  columns: { customer: 'Kunde', covered: 'Status', why: 'Warum nicht', actions: 'Aktionen' },
  covered: 'Abgedeckt',
  notCovered: 'Nicht abgedeckt',
  remove: 'Entfernen',
  removeNamed: (label) => `${label} aus diesem Schlüssel entfernen`,
  removeTitle: (label) => `${label} aus dem Schlüssel entfernen?`,
  removeText:
    'Dieser Schlüssel liest diesen Kunden dann nicht mehr, und er lässt sich nicht wieder hinzufügen: Ein Schlüssel wird nie erweitert. Andere Schlüssel sind nicht betroffen.',
  removed: (label) => `${label} ist aus dem Schlüssel entfernt.`,
  demoCoverage: 'Dieser Schlüssel liest das Demo-Unternehmen und keinen Kunden.',
  ownCoverage: {
    covered: 'Dieser Schlüssel liest Ihre eigenen Gerätedaten.',
    not: 'Ihr Abonnement ist nicht aktiv, deshalb liest dieser Schlüssel jetzt nichts. Er funktioniert wieder, sobald Sie verlängern.',
  },
  noneConnected: {
    title: 'Keine Kunden',
    text: 'Dieser Schlüssel deckt Kunden ab, sobald sie mit Ihrem Unternehmen verbunden und gültig sind.',
  },
}
