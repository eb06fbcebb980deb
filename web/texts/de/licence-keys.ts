import type * as english from '../licence-keys.ts'
import type { Translated } from '../translated.ts'

const days = (count: number) => `${count} ${count === 1 ? 'Tag' : 'Tage'}`

export const redeemTexts: Translated<typeof english.redeemTexts> = {
  action: 'Lizenzschlüssel einlösen',
  title: 'Lizenzschlüssel einlösen',
  key: 'Lizenzschlüssel',
  hint: 'Er beginnt mit lk_. Sein Zeitraum wird an das jetzige Abonnement angehängt; ohne ein solches beginnt er sofort.',
  missing: 'Geben Sie den Lizenzschlüssel ein.',
  submit: 'Einlösen',
  done: (until) => `Eingelöst. Das Abonnement ist bezahlt bis ${until}.`,
}

export const licenceKeysTexts: Translated<typeof english.licenceKeysTexts> = {
  title: 'Lizenzschlüssel',
  lead: 'Ein Lizenzschlüssel hängt einmalig einen bezahlten Zeitraum an das Abonnement eines Kunden an. Geben Sie ihn weiter, oder lösen Sie ihn auf der Seite des Kunden ein.',
  make: 'Lizenzschlüssel erstellen',
  table: 'Lizenzschlüssel',
  columns: { key: 'Schlüssel', days: 'Zeitraum', note: 'Notiz', state: 'Status', made: 'Erstellt', actions: 'Aktionen' },
  days,
  by: (name) => `von ${name}`,
  nothing: '–',
  states: { open: 'Offen', redeemed: 'Eingelöst', withdrawn: 'Zurückgezogen' },
  redeemedFor: 'für',
  empty: {
    title: 'Noch keine Lizenzschlüssel',
    text: 'Erstellen Sie einen für jede Bestellung: Der Kunde löst ihn unter Verwaltung > Abonnements ein, und sein Zeitraum wird dort angehängt.',
  },
  withdraw: 'Zurückziehen',
  withdrawNamed: (prefix) => `${prefix}… zurückziehen`,
  withdrawTitle: (prefix) => `Lizenzschlüssel ${prefix}… zurückziehen?`,
  withdrawText:
    'Er kann nicht mehr eingelöst werden. Das lässt sich nicht rückgängig machen; ein anderer Schlüssel kann erstellt werden.',
  withdrawn: 'Der Lizenzschlüssel ist zurückgezogen.',
}

export const makeLicenceKeyTexts: Translated<typeof english.makeLicenceKeyTexts> = {
  title: 'Lizenzschlüssel erstellen',
  days: 'Tage',
  daysHint: 'Wie lang der bezahlte Zeitraum ist: 365 für ein Jahr.',
  daysWrong: 'Geben Sie eine Anzahl Tage von 1 bis 3652 an.',
  note: 'Notiz',
  noteHint: 'Nur für Sie: für wen er gedacht ist, eine Bestellnummer.',
  noteLong: 'Höchstens 200 Zeichen.',
  submit: 'Lizenzschlüssel erstellen',
  shown: {
    title: 'Lizenzschlüssel kopieren',
    once: 'Der Lizenzschlüssel wird nur dieses eine Mal angezeigt. Geht er verloren, ziehen Sie ihn zurück und erstellen Sie einen anderen.',
    label: 'Lizenzschlüssel',
    done: 'Fertig',
    leaveTitle: 'Ohne Kopieren schließen?',
    leave:
      'Der Lizenzschlüssel wurde nicht kopiert und kann nicht noch einmal angezeigt werden. Sie müssten ihn zurückziehen und einen anderen erstellen.',
    back: 'Zurück zum Schlüssel',
    leaveAnyway: 'Trotzdem schließen',
  },
}
