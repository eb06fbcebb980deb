import type * as english from '../sign-in.ts'
import type { Translated } from '../translated.ts'

export const signInTexts: Translated<typeof english.signInTexts> = {
  title: 'Anmelden',
  to: (brand) => `Bei ${brand} anmelden`,
  email: 'E-Mail-Adresse',
  password: 'Passwort',
  submit: 'Anmelden',
  ended: 'Ihre Sitzung ist beendet. Melden Sie sich an, um dort fortzufahren, wo Sie waren.',
  emailMissing: 'Geben Sie Ihre E-Mail-Adresse ein.',
  emailMalformed: 'Das ist keine E-Mail-Adresse. Sie hat die Form name@example.com.',
  showPassword: 'Eingabe anzeigen oder verbergen',
  passwordMissing: 'Geben Sie Ihr Passwort ein.',
  passkey: 'Mit einem Passkey anmelden',
  provider: 'Mit Single Sign-on anmelden',
  forgot: 'Passwort vergessen?',
  register: 'Registrieren',
  reportKey: 'Gefundenen Schlüssel melden',
  code: {
    lead: 'Geben Sie den Code ein, den Ihre Authenticator-App anzeigt, oder einen Ihrer Wiederherstellungscodes.',
    field: 'Code',
    missing: 'Geben Sie die sechs Ziffern oder einen Wiederherstellungscode ein.',
    back: 'Neu beginnen',
  },
}

export const registerTexts: Translated<typeof english.registerTexts> = {
  title: 'Registrieren',
  submit: 'Registrieren',
  sent: {
    title: 'Sehen Sie in Ihrem Posteingang nach',
    text: (email) =>
      `Wir haben eine E-Mail an ${email} gesendet. Öffnen Sie den Link darin, um fortzufahren; er gilt 24 Stunden.`,
  },
  toSignIn: 'Zur Anmeldung',
}

export const verifyTexts: Translated<typeof english.verifyTexts> = {
  title: 'Adresse bestätigen',
  lead: 'Geben Sie das Passwort ein, das Sie bei der Registrierung gewählt haben.',
  submit: 'Bestätigen',
  done: {
    title: 'Ihre Adresse ist bestätigt',
    text: 'Melden Sie sich an. Wenn Sie noch zu keinem Unternehmen gehören, öffnen Sie die Einladung Ihres Unternehmens oder Partners, oder bitten Sie um eine.',
  },
}

export const forgotTexts: Translated<typeof english.forgotTexts> = {
  title: 'Passwort zurücksetzen',
  lead: 'Wir senden Ihnen einen Link, mit dem Sie ein neues wählen.',
  submit: 'Link senden',
  sent: {
    title: 'Sehen Sie in Ihrem Posteingang nach',
    text: (email) => `Wenn ${email} ein Konto hat, ist ein Link dorthin unterwegs. Er gilt eine Stunde.`,
  },
}

export const resetTexts: Translated<typeof english.resetTexts> = {
  title: 'Neues Passwort wählen',
  password: 'Neues Passwort',
  submit: 'Passwort setzen',
  done: {
    title: 'Ihr Passwort ist gesetzt',
    text: 'Sie wurden überall abgemeldet. Melden Sie sich mit dem neuen Passwort an.',
  },
}

export const newAddressTexts: Translated<typeof english.newAddressTexts> = {
  title: 'Neue Adresse bestätigen',
  lead: 'Von da an melden Sie sich mit ihr an.',
  submit: 'Diese Adresse verwenden',
  done: { title: 'Ihre Adresse ist geändert', text: 'Melden Sie sich von jetzt an mit der neuen an.' },
}

export const setUpTexts: Translated<typeof english.setUpTexts> = {
  title: 'Konto einrichten',
  lead: (company) => `Damit legen Sie Ihr Konto für ${company} an.`,
  name: 'Ihr Name',
  email: 'E-Mail-Adresse',
  emailGiven: 'Der Link wurde für diese Adresse erstellt.',
  password: 'Passwort',
  passwordHint: 'Mindestens 12 Zeichen. Einige Wörter ohne Zusammenhang ergeben ein gutes.',
  submit: 'Konto anlegen',
  nameMissing: 'Geben Sie Ihren Namen ein, unter dem man Sie in Ihrem Unternehmen kennt.',
  passwordShort: (missing) => `Zu kurz: Es ${missing === 1 ? 'fehlt noch 1' : `fehlen noch ${missing}`} Zeichen.`,
  noToken: {
    title: 'Dieser Link ist nicht vollständig',
    text: 'Öffnen Sie den ganzen Link, wie Sie ihn erhalten haben, mit allem, was nach dem Zeichen # steht.',
  },
  toSignIn: 'Zur Anmeldung',
}
