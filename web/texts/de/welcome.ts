import type { Translated } from '../translated.ts'
import type * as english from '../welcome.ts'

export const welcomeTexts: Translated<typeof english.welcomeTexts> = {
  title: 'Unternehmen einrichten',
  lead: (partner, brand) =>
    `${partner} lädt Sie zu ${brand} ein. Ihr Unternehmen wird mit ${partner} verbunden; der Partner sieht dann seinen Namen und keine Gerätedaten: Ob er diese lesen darf, entscheiden Sie, danach und jederzeit.`,
  contact: (partner) => `Fragen? So erreichen Sie ${partner}:`,
  organization: 'Name der Organisation',
  organizationHint: 'Wie Ihr Partner ihn geschrieben hat. Berichtigen Sie ihn, wo er falsch ist.',
  organizationMissing: 'Geben Sie den Namen Ihrer Organisation ein.',
  emailGiven: 'Die Einladung wurde an diese Adresse gesendet und gilt für keine andere.',
  twoFactor: 'Ihr Unternehmen beginnt mit Zwei-Faktor-Anmeldung: Sie richten sie als Nächstes ein, mit einer Authenticator-App.',
  submit: 'Unternehmen anlegen',
  another: {
    title: 'Diese Einladung gilt für eine andere Adresse',
    text: (own, invited) =>
      `Sie sind als ${own} angemeldet. Die Einladung gilt für ${invited}: Melden Sie sich ab, um sie zu verwenden.`,
    signOut: 'Abmelden',
  },
  elsewhere: {
    title: 'Sie gehören zu einem anderen Unternehmen',
    text: (company, partner) =>
      `Sie gehören zu ${company}, und eine Person gehört zu einem Unternehmen. Bitten Sie ${partner}, eine andere Adresse einzuladen, oder verbinden Sie ${company} mit dem Partner: Fügen Sie ihn unter Verwaltung > Abonnements hinzu.`,
    add: 'Zu den Abonnements',
    home: 'Zum Portal',
  },
}
