import type * as english from '../customer-invitations.ts'
import type { Translated } from '../translated.ts'

export const inviteCustomerTexts: Translated<typeof english.inviteCustomerTexts> = {
  title: 'Kunden einladen',
  lead: 'Die Organisation erhält per E-Mail einen Link, der 30 Tage gilt. Wer ihn öffnet, richtet das Unternehmen der Organisation ein, verbunden mit Ihrem. Ihre Gerätedaten lesen Sie, sobald sie es erlaubt.',
  known: (partnerId) =>
    `Ein Unternehmen, das schon in diesem Portal ist, braucht keine Einladung: Es fügt Sie unter Verwaltung > Abonnements mit Ihrer Partner-ID ${partnerId} hinzu.`,
  name: 'Name der Organisation',
  nameMissing: 'Geben Sie den Namen der Organisation ein.',
  email: 'E-Mail-Adresse',
  emailHint: 'Der Person, die die Organisation verwalten wird. Der Link gilt nur für diese Adresse.',
  emailMissing: 'Geben Sie die E-Mail-Adresse ein.',
  emailMalformed: 'Das ist keine E-Mail-Adresse. Sie hat die Form name@example.com.',
  address: 'Postadresse',
  addressHint: 'Freiwillig.',
  submit: 'Einladung senden',
  sent: (name) => `${name} ist eingeladen.`,
}

export const pendingTexts: Translated<typeof english.pendingTexts> = {
  title: 'Eingeladen, noch nicht beigetreten',
  table: 'Eingeladene Kunden',
  columns: { name: 'Organisation', email: 'E-Mail-Adresse', sent: 'Gesendet', until: 'Gültig bis', actions: 'Aktionen' },
  expired: 'Abgelaufen',
  resend: 'Erneut senden',
  resendTo: (email) => `Erneut senden: Einladung an ${email}`,
  resent: (email) => `Ein neuer Link ist unterwegs an ${email}. Der vorige gilt nicht mehr.`,
  revoke: 'Zurückziehen',
  revokeTo: (email) => `Einladung an ${email} zurückziehen`,
  revokeTitle: (name) => `Einladung von ${name} zurückziehen?`,
  revokeText: (email) => `Der an ${email} gesendete Link wird sofort abgelehnt. Sie können die Adresse erneut einladen.`,
  revokeConfirm: 'Einladung zurückziehen',
  revoked: (name) => `Die Einladung von ${name} ist zurückgezogen.`,
}
