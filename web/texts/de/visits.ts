import type { Translated } from '../translated.ts'
import type * as english from '../visits.ts'

export const visitTexts: Translated<typeof english.visitTexts> = {
  view: 'Als dieses Unternehmen ansehen',
  title: (name) => `Das Portal von ${name} ansehen?`,
  text: (name) =>
    `Sie lesen, was Administratoren von ${name} lesen: Personen, Schlüssel, Abonnements, Einwilligungen, Gateways, Webhooks, Zugriffsverlauf, Aktivität. Sie ändern nichts und sehen keine Gerätedaten.`,
  told: (name) =>
    `Die Administratoren von ${name} erfahren es jetzt per E-Mail, mit Ihrem Namen und dem Grund, und beide Protokolle halten es fest.`,
  reason: 'Grund',
  reasonHint: 'Das Unternehmen liest ihn. Schreiben Sie keine personenbezogenen Daten: Er bleibt für immer.',
  reasonMissing: 'Sagen Sie, warum: Das Unternehmen erfährt es.',
  minutes: 'Höchstens',
  minutesOf: (minutes) => `${minutes} Minuten`,
  begin: 'Ansehen',
  forbidden: 'Dieses Unternehmen erlaubt dem Anbieter nicht, sein Portal anzusehen.',
  banner: (name) => `Sie sehen das Portal von ${name}`,
  bannerText: 'Sie können nichts ändern und sehen keine Gerätedaten. Das Unternehmen weiß es.',
  until: 'Ende von selbst:',
  leave: 'Verlassen',
  over: (name) => `Sie sehen das Portal von ${name} nicht mehr.`,
  settings: 'Einsicht des Anbieters',
  settingsLead:
    'Um Ihnen zu helfen, kann ein Administrator des Anbieters dieses Portal höchstens eine Stunde lang ansehen: nur lesend und nie mit Gerätedaten.',
  allow: 'Dem Anbieter erlauben, unser Portal anzusehen',
  allowHint: 'Sie erfahren es jedes Mal per E-Mail, mit dem Grund. Wer es zurücknimmt, beendet auch eine laufende Einsicht.',
  saved: (allowed) =>
    allowed ? 'Der Anbieter darf dieses Portal ansehen.' : 'Der Anbieter kann dieses Portal nicht mehr ansehen.',
}
