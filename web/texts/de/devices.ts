import type * as english from '../devices.ts'
import type { Translated } from '../translated.ts'

import { locationTexts } from './inventory.ts'

const typeWords: Record<string, string> = {
  ...locationTexts.types,
  UPS: 'USV',
  RPDU: 'Rack-PDU',
  PDU: 'PDU',
  BATTERY_FRAME: 'Batterieschrank',
  OUTLET_GROUP: 'Steckdosengruppe',
  COOLING_UNIT: 'Kühlgerät',
  // Types of sensors.
  ACTIVE_POWER: 'Wirkleistung',
  APPARENT_POWER: 'Scheinleistung',
  BATTERY_CHARGE: 'Ladestand',
  BATTERY_RUNTIME: 'Überbrückungszeit',
  CURRENT: 'Strom',
  ENERGY: 'Energie',
  FAN_SPEED: 'Drehzahl',
  FREQUENCY: 'Frequenz',
  FUEL_LEVEL: 'Füllstand',
  HUMIDITY: 'Luftfeuchtigkeit',
  LOAD: 'Auslastung',
  STATUS: 'Zustand',
  TEMPERATURE: 'Temperatur',
  VOLTAGE: 'Spannung',
}

/** What is not named here is told in its own words, which are English: `LEAK_SENSOR` → "Leak sensor". */
export const typeText: typeof english.typeText = (type) => {
  const words = type.replaceAll('_', ' ').toLowerCase()
  return typeWords[type] ?? words.charAt(0).toUpperCase() + words.slice(1)
}

export const ranges: Translated<typeof english.ranges> = { '1': '24 Stunden', '7': '7 Tage', '90': '90 Tage' }

const rangeWithin = { '1': 'letzte 24 Stunden', '7': 'letzte 7 Tage', '90': 'letzte 90 Tage' }

export const deviceTexts: Translated<typeof english.deviceTexts> = {
  title: 'Gerät',
  up: 'Inventar',
  about: 'Über dieses Gerät',
  facts: {
    type: 'Typ',
    location: 'Standort',
    partOf: 'Teil von',
    manufacturer: 'Hersteller',
    model: 'Modell',
    serial: 'Seriennummer',
    firmware: 'Firmware',
    address: 'IP-Adresse',
    mac: 'MAC-Adresse',
    warranty: 'Garantie bis',
    lastService: 'Letzte Wartung',
    serviceDue: 'Wartung fällig',
    note: 'Notiz',
  },
  parts: 'Teile',
  sensors: 'Sensoren',
  noSensors: {
    title: 'Keine Sensoren',
    text: 'Für dieses Gerät wurde kein Sensor gemeldet. Vielleicht haben seine Teile welche.',
  },
  notShared: {
    title: 'Sensoren sind nicht freigegeben',
    text: 'Dieser Kunde gibt Ihrem Unternehmen andere Arten von Daten frei, aber nicht seine Sensoren.',
  },
  range: 'Zeitraum',
  live: {
    opening: 'Wird verbunden',
    live: 'Live',
    waiting: 'Wartet auf Werte',
    again: 'Wird erneut verbunden',
    closed: 'Angehalten',
  },
  table: (range) => `Sensoren, ${rangeWithin[range]}`,
  columns: {
    sensor: 'Sensor',
    latest: 'Aktuell',
    measured: 'Gemessen',
    minimum: 'Minimum',
    maximum: 'Maximum',
    mean: 'Mittel',
  },
  none: '–',
  noValues: 'In diesem Zeitraum wurde nichts gemessen.',
  notDrawn: 'Das Diagramm konnte nicht gezeichnet werden. Seine Werte stehen in der Tabelle darunter.',
  chart: (sensor, range) =>
    `${sensor}, ${rangeWithin[range]}. Aktueller Wert, Minimum, Maximum und Mittel stehen in der Tabelle darunter.`,
  band: (least, most) => `${least} bis ${most}`,
}
