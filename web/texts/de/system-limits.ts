import { countText } from '../../numbers.ts'
import type * as english from '../system-limits.ts'
import type { Translated } from '../translated.ts'

export const healthTexts: Translated<typeof english.healthTexts> = {
  title: 'Zustand und Metriken',
  lead: 'Was dieser Server denen sagt, die über ihn wachen: einem Lastverteiler, einer Überwachung.',
  facts: { health: 'Lebt', ready: 'Nimmt Anfragen an', metrics: 'Metriken' },
  health: '/health antwortet, solange der Prozess lebt.',
  ready: {
    yes: '/ready antwortet mit Ja: Die Datenbank antwortet.',
    no: '/ready antwortet mit Nein: Die Datenbank wird nicht erreicht, oder der Server wird gerade angehalten.',
  },
  asking: 'Wird gefragt …',
  metrics: (port) =>
    `/metrics auf Port ${port}, für Prometheus: Anfragen nach Operation und Status und ihre Dauer; Datenströme und warum sie endeten; gespeicherte und gesendete Messwerte und was wartet; wie weit Diagramme zurückliegen; gesendete, gescheiterte und wartende E-Mails; Speicher und Prozessor des Prozesses.`,
  noMetrics:
    'Aus. Mit --metrics-port gestartet, berichtet der Server Prometheus von Anfragen, Datenströmen, Messwerten, Diagrammen, E-Mails und vom Prozess selbst.',
}

export const limitsTexts: Translated<typeof english.limitsTexts> = {
  title: 'Grenzen für Anfragen',
  lead: 'In einer Minute, für jeden Prozess dieses Servers. Programme, die fragen, wie sie sollen, erreichen sie nie.',
  names: {
    list: 'Listen, einer Organisation',
    changes: 'Änderungen, einer Organisation',
    device: 'Einzelne Geräte, einer Organisation',
    organizations: 'Listen von Organisationen',
    stream: 'Geöffnete Datenströme, einer Organisation',
    replay: 'Wiedergaben, einer Organisation',
    management: 'Anfragen eines Mitglieds oder Zugriffstokens',
    ingest: 'Anfragen eines Gateways',
    anyone: 'Anfragen einer Adresse, die nicht angemeldet ist',
    companyBase: 'Anfragen eines Unternehmens',
    companyPerCustomer: 'Mehr für jeden Kunden, den es abdeckt',
    refused: 'Abgelehnte Schlüssel von einer Adresse',
    replayedLines: 'Wiedergegebene Messwerte, einer Organisation',
  },
  amount: (limit) => countText(limit),
  refused: 'Kürzlich abgelehnt',
  refusedLead: (hours) => `Wessen Anfragen nach Gerätedaten in den letzten ${hours} Stunden zu viele waren, die meisten zuerst.`,
  table: 'Durch die Grenzen abgelehnt',
  columns: { company: 'Unternehmen', key: 'Schlüssel', requests: 'Abgelehnt', last: 'Zuletzt' },
  people: 'Personen im Portal',
  nobody: { title: 'Niemand wurde abgelehnt', text: 'Keine Anfrage nach Gerätedaten war eine zu viel.' },
}

export const retentionTexts: Translated<typeof english.retentionTexts> = {
  title: 'Was aufbewahrt wird',
  lead: 'Wie lange mindestens. Älteres wird innerhalb einer Stunde gelöscht. Gerätedaten werden hier nicht gezählt.',
  table: 'Was aufbewahrt wird',
  columns: { what: 'Was', period: 'Wie lange', count: 'Jetzt', oldest: 'Ältestes' },
  what: {
    measurements: 'Messwerte, zur Wiedergabe',
    'chart measurements': 'Messwerte je 5 Minuten, für Diagramme',
    'states of alarms': 'Was aus Alarmen wurde',
    deletions: 'Dass Geräte, Standorte und Sensoren gelöscht wurden',
    'batch ids': 'IDs der Meldungen von Gateways',
    accesses: 'Wer was las',
    'accesses by the minute': 'Wer was las, je Minute',
    mails: 'E-Mails',
    'webhook deliveries': 'Zustellungen von Webhooks',
    'closed companies': 'Geschlossene Unternehmen',
    acts: 'Vorgänge des Protokolls',
  },
  period: (hours) =>
    hours === undefined ? 'Für immer' : hours % 24 === 0 && hours >= 24 ? `${hours / 24} Tage` : `${hours} Stunden`,
  amount: (count) => (count === undefined ? '–' : countText(count)),
  nothing: '–',
}
