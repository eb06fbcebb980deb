import type * as english from '../coverage.ts'

export const customerStateTexts: typeof english.customerStateTexts = {
  valid: { word: 'Gültig', mood: 'good' },
  suspended: { word: 'Gesperrt', mood: 'bad' },
  'no consent': { word: 'Keine Einwilligung', mood: 'warn' },
  'consent expired': { word: 'Einwilligung abgelaufen', mood: 'warn' },
  'no active subscription': { word: 'Kein aktives Abonnement', mood: 'idle' },
}

export const reasonTexts: typeof english.reasonTexts = {
  suspended: {
    word: 'Gesperrt',
    sentence: 'Das Unternehmen ist gesperrt. Der Zugriff kommt zurück, wenn die Sperre aufgehoben wird.',
  },
  'no consent': {
    word: 'Keine Einwilligung',
    sentence:
      'Sein Administrator hat den API-Zugriff nicht erlaubt oder widerrufen. Erlaubt wird er im Konto des Kunden unter Verwaltung > Abonnements.',
  },
  'consent expired': {
    word: 'Einwilligung abgelaufen',
    sentence:
      'Sie war bis zu einem Datum erteilt, das erreicht ist. Neu erteilt wird sie im Konto des Kunden unter Verwaltung > Abonnements.',
  },
  'no active subscription': {
    word: 'Kein aktives Abonnement',
    sentence:
      'Sein Abonnement oder seine Testphase ist abgelaufen. Die Einwilligung überdauert das: Sobald der Kunde beim Anbieter verlängert hat, lesen Sie weiter, ohne zu fragen.',
  },
  'not connected': {
    word: 'Nicht verbunden',
    sentence: 'Er ist nicht mehr mit Ihrem Unternehmen verbunden. Eine neue Verbindung braucht einen neuen Schlüssel.',
  },
  "not in the key's set": { word: 'Nicht in diesem Schlüssel', sentence: 'Der Schlüssel wurde nicht für diesen Kunden erzeugt.' },
  'key reported': {
    word: 'Schlüssel gemeldet',
    sentence: 'Jemand hat den Schlüssel gefunden und gemeldet. Erzeugen Sie einen neuen.',
  },
  'key disabled': { word: 'Schlüssel deaktiviert', sentence: 'Aktivieren Sie den Schlüssel, um diesen Kunden wieder zu lesen.' },
  'key expired': { word: 'Schlüssel abgelaufen', sentence: 'Erzeugen Sie einen neuen Schlüssel.' },
}
