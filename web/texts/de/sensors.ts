import { countText } from '../../numbers.ts'
import type * as english from '../sensors.ts'
import type { Translated } from '../translated.ts'

export const sensorsTexts: Translated<typeof english.sensorsTexts> = {
  title: 'Sensoren',
  lead: 'Was Ihre Geräte zuletzt gemessen haben. Um das Wärmste oder Vollste zu finden, wählen Sie einen Typ, bei vielen Sensoren auch einen Standort, und Höchste Werte zuerst.',
  leadOf: 'Was die Geräte dieses Kunden zuletzt gemessen haben, mit seiner Einwilligung für Ihr Unternehmen freigegeben.',
  up: 'Kunde',
  search: 'Sensoren durchsuchen',
  placeholder: 'Sensor oder Gerät',
  type: 'Typ',
  anyType: 'Alle Typen',
  location: 'Standort',
  anyLocation: 'Alle Standorte',
  order: 'Reihenfolge',
  orders: {
    '': 'Nach Namen',
    highest: 'Höchste Werte zuerst',
    lowest: 'Niedrigste Werte zuerst',
    device: 'Nach Gerät',
    location: 'Nach Standort',
    newest: 'Neueste zuerst',
    oldest: 'Älteste zuerst',
  },
  count: (count) => `${countText(count)} ${count === 1 ? 'Sensor' : 'Sensoren'}`,
  firstOf: (shown, all) =>
    `Die ersten ${countText(shown)} von ${countText(all)}, nach Namen: Suchen Sie, oder wählen Sie einen Typ oder Standort, bis alle da sind, die Sie suchen, und anders sortiert werden können`,
  byUnit: ', je Einheit sortiert',
  table: 'Sensoren und ihre aktuellen Werte',
  columns: { sensor: 'Sensor', device: 'Gerät', location: 'Standort', latest: 'Aktuell', measured: 'Gemessen' },
  nothing: '–',
  none: {
    title: 'Noch keine Sensoren',
    text: 'Sensoren erscheinen hier mit den Geräten, die sie haben, innerhalb weniger Minuten nach der ersten Meldung eines Gateways.',
  },
  noneFound: {
    title: 'Kein Sensor passt',
    text: 'Suchen Sie nach einem Teil des Namens von Sensor oder Gerät, oder wählen Sie einen anderen Typ oder Standort.',
  },
}
