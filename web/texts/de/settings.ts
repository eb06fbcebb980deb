import type * as english from '../settings.ts'
import type { Translated } from '../translated.ts'

export const settingsTexts: Translated<typeof english.settingsTexts> = {
  title: 'Einstellungen',
  lead: 'Was für jedes Unternehmen gilt. Eine Änderung gilt für Einladungen und Testphasen, die von jetzt an entstehen.',
  invitationDays: 'Tage, die eine Einladung gilt',
  invitationDaysHint: '1 bis 30. Danach wird ihr Link abgelehnt, und sie kann erneut gesendet werden.',
  trialDays: 'Tage einer Testphase',
  trialDaysHint: '1 bis 365, ab den ersten Daten des ersten Gateways eines Kunden.',
  accessDays: 'Tage, die der Zugriffsverlauf aufbewahrt wird',
  accessDaysHint: '30 bis 3650. Wer wann Daten von Kunden gelesen hat, wird danach gelöscht.',
  daysWrong: (max, min = 1) => `Geben Sie eine ganze Zahl von ${min} bis ${max} ein.`,
  approval: 'Einladungen brauchen die Genehmigung eines Administrators',
  approvalHint:
    'Was ein Mitglied, das nicht Administrator ist, an Einladungen ausspricht, wird erst gesendet, wenn ein Administrator desselben Unternehmens es genehmigt hat.',
  saved: 'Die Einstellungen sind gespeichert.',
}
