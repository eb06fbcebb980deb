import type * as english from '../consent.ts'
import type { Translated } from '../translated.ts'

/** A translation for reading: receipts have the English words of this version (src/domain/consent-text.ts). */
export const consentTexts: Translated<typeof english.consentTexts> = {
  version: '2026-11',
  label: 'API-Zugriff auf Gerätedaten erlauben',
  sees: {
    inventory:
      'Standorte und Geräte: Namen, Typen, Modelle, Seriennummern, Firmware, Netzwerkadressen, Wartungsdaten und Notizen',
    alarms: 'Alarme: die aktiven und jene, die in den letzten 7 Tagen beendet wurden',
    sensors: 'Sensoren und was sie messen: welche es gibt, an welchem Gerät, und ihre Werte vom Moment der Freigabe an',
  },
  closed: [
    'Nichts kann geändert oder gesteuert werden: Der Zugriff dient nur dem Lesen',
    'Ihre Personen und deren Anmeldungen, Ihre API-Schlüssel und Gateway-Token',
    'Ihre anderen Partner, und was Sie mit ihnen teilen',
  ],
  withdrawal:
    'Sie können jederzeit widerrufen, mit sofortiger Wirkung. Was davor gelesen wurde, kann nicht zurückgenommen werden. Belege geben den englischen Wortlaut wieder.',
}

export const limitsTexts: Translated<typeof english.limitsTexts> = {
  options: 'Welche Daten, und bis wann',
  kinds: 'Welche Daten',
  kindsMissing: 'Wählen Sie mindestens eine Art. Um nichts freizugeben, leeren Sie das Kästchen oben.',
  until: 'Bis',
  untilChoices: { withdrawn: 'Ich widerrufe', date: 'Zu einem Datum' },
  date: 'Letzter Tag',
  dateHint:
    'Sie und der Partner werden 30, 7 und 1 Tag vorher per E-Mail erinnert. Am Ende dieses Tages endet der Zugriff von selbst.',
  dateMissing: 'Wählen Sie den letzten Tag.',
  datePast: 'Wählen Sie einen Tag, der nicht vergangen ist.',
  applyLater: 'Das gilt von dem Moment an, in dem Sie das Kästchen ankreuzen.',
  save: 'Optionen speichern',
  saved: 'Gespeichert. Die Optionen gelten jetzt.',
  narrowed: 'Was Sie abwählen, wird sofort geschlossen. Was Sie neu wählen, wird von jetzt an gelesen, nicht für die Zeit davor.',
}

export const receiptTexts: Translated<typeof english.receiptTexts> = {
  title: 'Belege',
  leadOfPartner:
    'Was aus der Einwilligung dieses Kunden für Sie wurde. Jeder Beleg ist zusammen mit dem Protokoll der Vorgänge signiert, sodass jede spätere Änderung auffällt.',
  lead: 'Was aus Ihren Einwilligungen wurde. Jeder Beleg ist zusammen mit dem Protokoll der Vorgänge signiert, sodass jede spätere Änderung auffällt.',
  table: 'Einwilligungsbelege',
  columns: { at: 'Wann', event: 'Was', partner: 'Partner', by: 'Durch', actions: 'Aktionen' },
  events: { given: 'Erteilt', changed: 'Geändert', withdrawn: 'Widerrufen', expired: 'Abgelaufen' },
  nobody: '–',
  open: 'Öffnen',
  openNamed: (what) => `Beleg öffnen: ${what}`,
  download: 'Herunterladen',
  downloadNamed: (what) => `Beleg herunterladen: ${what}`,
  file: (day, event) => `einwilligungsbeleg-${day}-${event}.json`,
  empty:
    'Ein Beleg erscheint hier und geht per E-Mail an Kunde und Partner, sobald eine Einwilligung erteilt, geändert oder widerrufen wird oder abläuft.',
}
