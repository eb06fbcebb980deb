import type * as english from '../single-sign-on.ts'
import type { Translated } from '../translated.ts'

export const companySignInTexts: Translated<typeof english.companySignInTexts> = {
  title: 'Single Sign-on',
  lead: 'Sie melden sich bei Ihrem Unternehmen an und kommen hierher zurück.',
  needed: 'Ihr Unternehmen verlangt die Anmeldung bei seinem eigenen Anmeldedienst. Danach kommen Sie hierher zurück.',
  name: 'Anmeldename Ihres Unternehmens',
  nameHint: 'Wer das Portal in Ihrem Unternehmen verwaltet, kennt ihn.',
  mistake: 'Geben Sie den Namen ein, etwa north-bakery: Buchstaben, Ziffern und einzelne Bindestriche.',
  submit: 'Weiter',
  account: 'Ihr eigenes Konto',
}

export const accountWithoutProviderTexts: Translated<typeof english.accountWithoutProviderTexts> = {
  title: 'Ihr Unternehmen verlangt Single Sign-on',
  text: 'Bis Sie sich bei seinem eigenen Anmeldedienst anmelden, können Sie hier nur Ihr eigenes Konto verwalten.',
  signIn: 'Mit Single Sign-on anmelden',
}

export const signInReturnTexts: Translated<typeof english.signInReturnTexts> = {
  title: 'Anmeldung läuft',
  again: 'Neu beginnen',
}

export const confirmAtProviderTexts: Translated<typeof english.confirmAtProviderTexts> = {
  lead: 'Ihre Anmeldung liegt eine Weile zurück, und dieser Schritt verlangt eine Bestätigung. Melden Sie sich beim Anmeldedienst Ihres Unternehmens noch einmal an; Sie kommen auf diese Seite zurück, und was Sie hier eingetippt haben, geht verloren.',
  submit: 'Zum Anmeldedienst',
}

export const providerTexts: Translated<typeof english.providerTexts> = {
  title: 'Single Sign-on',
  lead: 'Mitglieder melden sich beim eigenen Anmeldedienst Ihres Unternehmens an (OpenID Connect). Wen er mit einer bestätigten E-Mail-Adresse nennt, der wird als das Mitglied Ihres Unternehmens mit dieser Adresse angemeldet, und niemand sonst.',
  none: 'Registrieren Sie dieses Portal bei Ihrem Anmeldedienst als Webanwendung mit Client-Geheimnis und beiden Adressen unten, und geben Sie dann hier ein, was Sie erhalten haben.',
  redirectUri: 'Weiterleitungs-URI',
  copy: { copy: 'Kopieren', copied: 'Kopiert' },
  copyRedirectUri: 'Weiterleitungs-URI kopieren',
  signOutUri: 'Abmelde-URI',
  copySignOutUri: 'Abmelde-URI kopieren',
  name: 'Anmeldename',
  nameHint: 'Was Ihre Personen eintippen, um dorthin zu kommen, etwa north-bakery. Er ist kein Geheimnis.',
  issuer: 'Aussteller',
  issuerHint: 'Die Adresse des Anmeldedienstes, etwa https://login.example.com/realms/staff.',
  clientId: 'Client-ID',
  clientSecret: 'Client-Geheimnis',
  secretKept: 'Lassen Sie es leer, um das jetzige zu behalten.',
  missing: 'Füllen Sie dies aus.',
  enabled: 'Mitglieder dürfen sich dort anmelden',
  required: 'Mitglieder müssen sich dort anmelden',
  requiredHint: 'Wer sich anders anmeldet, kann dann nur noch das eigene Konto verwalten.',
  exempt: 'Außer diesem Administrator',
  exemptHint: 'Wer hineinkommt, wenn der Anmeldedienst ausfällt. Ohne Auswahl darf sich jeder Administrator anders anmelden.',
  everyAdministrator: 'Jeder Administrator',
  twoFactors: 'Eine Anmeldung dort zählt als zwei Faktoren',
  twoFactorsHint: 'Kreuzen Sie dies an, wenn der Anmeldedienst selbst einen zweiten Faktor verlangt.',
  saved: 'Single Sign-on ist eingerichtet.',
  remove: 'Single Sign-on entfernen',
  removeTitle: 'Single Sign-on entfernen?',
  removeText:
    'Wer sich dort angemeldet hat, wird abgemeldet und meldet sich von da an mit Passwort oder Passkey an. Das Client-Geheimnis wird vergessen.',
  removed: 'Single Sign-on ist entfernt.',
}

export const companySingleSignOnTexts: Translated<typeof english.companySingleSignOnTexts> = {
  title: 'Single Sign-on',
  lead: 'Seine Personen melden sich bei einem eigenen Anmeldedienst an. Wo sie das aussperrt, schalten Sie es aus: Sie melden sich dann wieder mit Passwort oder Passkey an, und seine Administratoren erfahren es.',
  name: 'Anmeldename',
  state: 'Status',
  required: 'Ein, und verlangt',
  on: 'Ein',
  off: 'Aus',
  turnOff: 'Ausschalten',
  turnOffTitle: (name) => `Single Sign-on von ${name} ausschalten?`,
  turnOffText:
    'Wer sich dort angemeldet hat, wird abgemeldet. Die Einstellungen bleiben, und ein Administrator des Unternehmens kann es wieder einschalten. Seine Administratoren erfahren es per E-Mail.',
  turnedOff: 'Single Sign-on ist ausgeschaltet.',
}
