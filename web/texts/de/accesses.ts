import { countText, sizeText } from '../../numbers.ts'
import type * as english from '../accesses.ts'
import type { Translated } from '../translated.ts'

const operationWords: Record<string, string> = {
  listInventory: 'Ganzes Inventar',
  getInventoryChangesAfterOffset: 'Änderungen des Inventars',
  getDevice: 'Ein Gerät',
  listAlarms: 'Alle Alarme',
  getAlarmChangesAfterOffset: 'Änderungen der Alarme',
  listSensors: 'Alle Sensoren',
  getSensorChangesAfterOffset: 'Änderungen der Sensoren',
  liveMeasurements: 'Laufende Messwerte',
  simulatedLiveMeasurements: 'Erfundene Messwerte, zum Testen',
  replayMeasurements: 'Frühere Messwerte',
  getSiteState: 'Zustand der Standorte, im Portal',
  getInventoryTree: 'Ganzes Inventar, im Portal',
  listOrganizationAlarms: 'Alarme, im Portal',
  getAlarm: 'Ein Alarm mit seinen Zuständen, im Portal',
  listDevices: 'Liste der Geräte, im Portal',
  getDeviceDetails: 'Ein Gerät, im Portal',
  listDeviceSensors: 'Sensoren eines Geräts, im Portal',
  listOrganizationSensors: 'Liste der Sensoren, im Portal',
  getSensorHistory: 'Diagramm eines Sensors, im Portal',
  streamMeasurements: 'Laufende Messwerte, im Portal',
  others: 'Mehr, als zu unterscheiden war',
}

export const operationText: typeof english.operationText = (operation) => operationWords[operation] ?? operation

export const accessTexts: Translated<typeof english.accessTexts> = {
  title: 'Zugriffsverlauf',
  lead: 'Wer Daten Ihrer Geräte gelesen hat, und wer es versucht hat. Aufgeführt sind Schlüssel und Personen der Partner und Ihre eigenen Schlüssel, nicht aber Ihre eigenen Personen.',
  period: 'Zeitraum',
  periods: { 1: 'Letzte 24 Stunden', 7: 'Letzte 7 Tage', 30: 'Letzte 30 Tage', 90: 'Letzte 90 Tage' },
  partner: 'Unternehmen',
  anyPartner: 'Alle Unternehmen',
  reader: 'Schlüssel oder Person',
  anyReader: 'Schlüssel, Personen',
  operation: 'Was abgefragt wurde',
  anyOperation: 'Alle Daten',
  outcome: 'Ergebnis',
  anyOutcome: 'Jedes Ergebnis',
  outcomes: { read: 'Gelesen', refused: 'Abgelehnt', failed: 'Gescheitert' },
  download: 'CSV exportieren',
  whole: 'Zurück zum ganzen Zeitraum',
  gapsTitle: 'Der Verlauf ist nicht vollständig',
  gap: (from, to) =>
    `${to === undefined ? `Seit ${from}` : `Zwischen ${from} und ${to}`} fehlen womöglich Zugriffe: Der Server wurde beendet, ohne seine letzte Sekunde geschrieben zu haben.`,
  gapsMore: (count) => `Davor ${count} weitere Male. In der CSV-Datei stehen alle.`,
  chartTitle: { hour: 'Anfragen pro Stunde', day: 'Anfragen pro Tag' },
  chart: (step) => `Anfragen pro ${step === 'hour' ? 'Stunde' : 'Tag'}. Die Tabelle „Summen“ enthält dasselbe in Zahlen.`,
  requests: (count) => `${count} Anfragen`,
  refusedOf: (count) => `davon ${count} abgelehnt oder gescheitert`,
  notDrawn: 'Das Diagramm konnte nicht gezeichnet werden. Seine Zahlen stehen in der Tabelle darunter.',
  sums: 'Summen',
  sumsLead: {
    hour: 'Pro Stunde, die neueste zuerst.',
    day: 'Pro Tag, der neueste zuerst. Das Datum eines Tages führt zu seinen Einzelheiten.',
  },
  detail: 'Im Einzelnen',
  detailLead: 'Pro Minute zusammengefasst, die neueste zuerst; höchstens 5 Sekunden alt.',
  columns: {
    when: 'Wann',
    day: 'Tag',
    hour: 'Stunde',
    company: 'Unternehmen',
    reader: 'Schlüssel oder Person',
    requests: 'Anfragen',
    refused: 'Abgelehnt',
    failed: 'Gescheitert',
    objects: 'Objekte',
    data: 'Daten',
    lines: 'Messwerte',
    amount: 'Wie viel',
    operation: 'Abgefragt',
    outcome: 'Ergebnis',
    address: 'Von',
  },
  kinds: { key: 'Schlüssel', person: 'Person' },
  unknownReader: 'nicht mehr bekannt',
  noAddress: '–',
  nothingNew: 'Nichts Neues',
  noAmount: '–',
  status: (word, status) => `${word} (${status})`,
  empty: {
    title: 'In diesem Zeitraum hat niemand Ihre Daten gelesen',
    text: 'Sobald der Schlüssel oder eine Person eines Partners Daten Ihrer Geräte liest oder es versucht, steht es innerhalb von 5 Sekunden hier: was, wie viel, von wo und wann.',
  },
  noneFound: {
    title: 'Kein solcher Zugriff',
    text: 'Nichts in diesem Zeitraum passt. Wählen Sie weniger Filter oder einen anderen Zeitraum.',
  },
  older: 'Ältere anzeigen',
}

export const amountText: typeof english.amountText = ({ objects, bytes, lines }) => {
  const parts = [
    objects > 0 && `${countText(objects)} ${objects === 1 ? 'Objekt' : 'Objekte'}`,
    lines > 0 && `${countText(lines)} ${lines === 1 ? 'Messwert' : 'Messwerte'}`,
    bytes > 0 && sizeText(bytes),
  ]
  return parts.filter(Boolean).join(', ')
}
