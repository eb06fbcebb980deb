import type * as english from '../alarm-mails.ts'
import type { Translated } from '../translated.ts'

export const alarmMailsTexts: Translated<typeof english.alarmMailsTexts> = {
  open: 'Alarme per E-Mail melden',
  title: 'Alarme per E-Mail',
  lead: 'Sie erfahren von Alarmen, die von jetzt an aktiv werden, mehrere in einer E-Mail, und höchstens eine E-Mail in fünf Minuten. Das gilt nur für Sie: Andere in Ihrem Unternehmen wählen selbst.',
  severity: 'Ab diesem Schweregrad',
  andWorse: (severity) => `${severity} und schlimmer`,
  everything: 'Alle Alarme',
  cleared: 'Auch melden, wenn ein Alarm beendet ist',
  locations: 'Standorte',
  everywhere: 'Alle Standorte',
  chosenLocations: 'Ausgewählte Standorte, mit allem, was darunter liegt',
  customers: 'Kunden',
  allCustomers: 'Alle Kunden, die Alarme freigeben',
  chosenCustomers: 'Ausgewählte Kunden',
  search: 'Liste durchsuchen',
  noneFound: 'Nichts mit diesem Namen.',
  noneThere: 'Es gibt noch keine.',
  chosen: (count) => `${count} ausgewählt`,
  more: (count) => `Mehr anzeigen (noch ${count})`,
  choose: 'Wählen Sie mindestens einen Eintrag, oder alle.',
  save: 'Per E-Mail melden',
  saved: 'Alarme werden Ihnen per E-Mail gemeldet.',
  stop: 'E-Mails beenden',
  stopped: 'Alarme werden Ihnen nicht mehr per E-Mail gemeldet.',
}

export const stopAlarmMailsTexts: Translated<typeof english.stopAlarmMailsTexts> = {
  title: 'E-Mails über Alarme beenden',
  lead: 'Sie erhalten dann keine E-Mails über Alarme mehr. Unter Alarme können Sie sie jederzeit wieder wählen.',
  submit: 'E-Mails beenden',
  done: { title: 'Die E-Mails sind beendet', text: 'Sie erhalten keine E-Mails über Alarme mehr.' },
}
