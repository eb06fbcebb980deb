import { countText } from '../../numbers.ts'
import type * as english from '../system.ts'
import type { Translated } from '../translated.ts'

export const systemTexts: Translated<typeof english.systemTexts> = {
  title: 'System',
  lead: 'Wie es dieser Installation geht. Nichts hier betrifft irgendjemandes Geräte.',
  well: {
    title: 'Alles in Ordnung',
    text: 'Keine Aufgabe scheitert, kein Gateway ist still, und keine E-Mail wurde aufgegeben.',
  },
  attention: 'Was Aufmerksamkeit braucht',
  failing: (job, times) =>
    `Die Aufgabe „${job}“ ist ${times === 1 ? 'gescheitert' : `${times}-mal nacheinander gescheitert`}. Warum, steht zu dieser Zeit im Log.`,
  silent: (count) => (count === 1 ? 'Ein Gateway ist still.' : `${count} Gateways sind still.`),
  givenUp: (count) =>
    count === 1
      ? 'Eine E-Mail wurde in den letzten 30 Tagen aufgegeben.'
      : `${count} E-Mails wurden in den letzten 30 Tagen aufgegeben.`,
  toMails: 'Zu den E-Mails',
  noMailServer: 'Es gibt keinen Mailserver: E-Mails bleiben hier und werden niemandem gesendet.',
  installation: 'Installation',
  facts: {
    version: 'Version',
    url: 'Adresse in Links',
    started: 'Läuft seit',
    database: 'Datenbank',
    companies: 'Unternehmen',
    gateways: 'Gateways',
    mails: 'Wartende E-Mails',
    charts: 'Diagramme vollständig bis',
    chartsNow: 'Jetzt',
    record: 'Protokoll der Vorgänge',
  },
  databaseNames: { embedded: 'Eingebettet', PostgreSQL: 'PostgreSQL' },
  databaseSize: (name, size) => `${name}, ${size}`,
  companyCounts: (partners, customers, valid) =>
    `${partners} Partner, ${customers} ${customers === 1 ? 'Kunde' : 'Kunden'}, davon ${valid} gültig`,
  gatewayCounts: (all, silent) => (silent === 0 ? `${all}, keines davon still` : `${all}, davon ${silent} still`),
  record: (acts) => `${acts} ${acts === 1 ? 'Vorgang' : 'Vorgänge'}`,
  signed: 'signiert',
  settings: 'Einstellungen des Servers',
  settingsLead: 'Beim Start des Servers durch Optionen und Umgebungsvariablen gesetzt.',
  settingFacts: {
    limits: 'Grenzen für Anfragen',
    measurements: 'Messwerte werden aufbewahrt',
    metrics: 'Metriken',
    proxies: 'Vertraute Proxys',
    mail: 'Mailserver',
  },
  limits: (factor) => (factor === 1 ? 'Wie dokumentiert' : `Wie dokumentiert, mal ${factor}`),
  hours: (hours) => `${hours} Stunden`,
  metricsAt: (port) => `/metrics auf Port ${port}`,
  none: 'Keine',
  configured: 'Eingerichtet',
  jobs: 'Aufgaben',
  jobsLead:
    'Was ohne Zutun geschieht. Bei mehreren Prozessen wird der letzte Lauf irgendeines davon gezeigt; bei Aufgaben, die öfter laufen, ein Lauf je Minute.',
  noJobs: {
    title: 'Noch ist keine Aufgabe gelaufen',
    text: 'Manche laufen in der ersten Minute nach dem Start, andere nach einer Stunde.',
  },
  every: (ms) =>
    ms === undefined
      ? '–'
      : ms >= 3_600_000
        ? count(ms / 3_600_000, 'Stunde')
        : ms >= 60_000
          ? count(ms / 60_000, 'Minute')
          : count(ms / 1000, 'Sekunde'),
  columns: { job: 'Aufgabe', state: 'Status', every: 'Alle', succeeded: 'Zuletzt gelungen', failed: 'Zuletzt gescheitert' },
  states: { well: 'In Ordnung', fails: 'Scheitert' },
  never: 'Nie',
}

function count(number: number, noun: string): string {
  return `${countText(number)} ${noun}${number === 1 ? '' : 'n'}`
}
