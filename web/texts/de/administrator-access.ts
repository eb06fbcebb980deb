import type * as english from '../administrator-access.ts'
import type { Translated } from '../translated.ts'

export const administratorAccessTexts: Translated<typeof english.administratorAccessTexts> = {
  label: 'Administratorzugriff',
  off: (partner) =>
    `Aus. Schalten Sie ihn ein, damit Administratoren von ${partner} wie ein Installateur Ihre Gateways hinzufügen und entfernen und Ihr Abonnement sehen können.`,
  on: (partner) => `Administratoren von ${partner} dürfen Ihre Gateways hinzufügen und entfernen und Ihr Abonnement sehen.`,
  since: 'Seit',
  by: (name) => `durch ${name}.`,
  never:
    'Er öffnet weder Gerätedaten noch Schlüssel oder Personen von Ihnen. Was die Administratoren tun, wird unter ihren eigenen Namen protokolliert.',
  saving: 'Wird gespeichert …',
  failedToSave: 'Nicht gespeichert',
}

export const removePartnerTexts: Translated<typeof english.removePartnerTexts> = {
  remove: 'Partner entfernen',
  removeNamed: (partner) => `Partner entfernen: ${partner}`,
  title: (partner) => `${partner} entfernen?`,
  does: (partner) =>
    `${partner} kann Ihre Gerätedaten sofort nicht mehr lesen, offene Datenströme enden, und der Administratorzugriff ist vorbei. Ihre Einwilligung endet endgültig: Sollten Sie ${partner} wieder hinzufügen, beginnen Sie ohne sie.`,
  cannot:
    'Was bereits gelesen wurde, kann nicht zurückgenommen werden. Gateways, die der Partner für Sie hinzugefügt hat, laufen weiter; entfernen Sie sie unter Verwaltung > Gateways.',
  keep: 'Partner behalten',
  done: (partner) => `${partner} ist entfernt.`,
}
