import { countText } from '../../numbers.ts'
import type * as english from '../sensors.ts'
import type { Translated } from '../translated.ts'

export const sensorsTexts: Translated<typeof english.sensorsTexts> = {
  title: 'Sensoren',
  lead: 'Was Ihre Geräte zuletzt gemessen haben: Wählen Sie einen Typ und Höchster zuerst, um das Wärmste oder Vollste zu finden.',
  leadOf: 'Was die Geräte dieses Kunden zuletzt gemessen haben, mit seiner Einwilligung für Ihr Unternehmen freigegeben.',
  up: 'Kunde',
  search: 'Sensoren durchsuchen',
  placeholder: 'Sensor oder Gerät',
  type: 'Typ',
  anyType: 'Alle Typen',
  location: 'Standort',
  anyLocation: 'Alle Standorte',
  order: 'Reihenfolge',
  orders: { '': 'Nach Namen', highest: 'Höchster zuerst', lowest: 'Niedrigster zuerst' },
  count: (count) => `${countText(count)} ${count === 1 ? 'Sensor' : 'Sensoren'}`,
  firstOf: (shown, all) =>
    `Die ersten ${countText(shown)} von ${countText(all)}, unter sich sortiert: Suchen Sie, oder wählen Sie einen Typ oder Standort, um alle zu sehen, die Sie suchen`,
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
