import { durationText } from '../../numbers.ts'
import type { OwnWords } from '../../own-words.ts'

const fields: Record<string, string> = {
  address: 'Die Anschrift ist zu lang.',
  contactEmail: 'Eine E-Mail-Adresse hat die Form name@example.com.',
  contactPhone: 'Die Telefonnummer ist zu lang.',
  email: 'Eine E-Mail-Adresse hat die Form name@example.com.',
  endsAt: 'Das Ende liegt in der Zukunft und nach dem jetzigen.',
  expiresAt: 'Das Ende liegt in der Zukunft.',
  issuer: 'Der Aussteller ist eine Adresse wie https://login.example.com.',
  label: 'Der Name ist nicht leer und hat nur eine Zeile.',
  name: 'Der Name ist nicht leer und nicht zu lang.',
  networks: 'Ein Netz hat die Form 192.0.2.0/24, 2001:db8::/32 oder 198.51.100.7.',
  partnerId: 'Eine Partner-ID hat 1 bis 64 Großbuchstaben, Ziffern und Unterstriche.',
  url: 'Die Adresse hat die Form https://example.com/hook, ohne Namen und Passwort darin. Für einen anderen Server legen Sie einen neuen Webhook an.',
}

/** What whoever looks after the other side needs to the letter. */
const serverSays = (told: string) => (told === '' ? '' : ` Der Server meldet: „${told}“`)

export const problemWords: Record<string, OwnWords> = {
  'address-not-repeated': {
    title: 'Nicht die Adresse Ihres Kontos',
    detail: 'Geben Sie die Adresse ein, mit der Sie sich anmelden, damit kein Konto aus Versehen gelöscht wird.',
  },
  'already-connected': { title: 'Bereits verbunden', detail: 'Dieser Kunde und dieser Partner sind verbunden.' },
  'already-invited': {
    title: 'Bereits eingeladen',
    detail: 'Diese Adresse hat eine offene Einladung oder gehört einem Mitglied. Laden Sie jemand anderen ein.',
  },
  'code-needed': {
    title: 'Ein Code ist nötig',
    detail: 'Geben Sie innerhalb von zehn Minuten den Code Ihrer Authenticator-App oder einen Wiederherstellungscode ein.',
  },
  'code-refused': {
    title: 'Der Code stimmt nicht',
    detail:
      'Geben Sie die sechs Ziffern ein, die Ihre Authenticator-App jetzt zeigt, oder einen unbenutzten Wiederherstellungscode. Prüfen Sie die Uhr Ihres Geräts.',
  },
  'company-closed': {
    title: 'Dieses Unternehmen ist geschlossen',
    detail: 'Ein geschlossenes Unternehmen wird nicht entsperrt. Nehmen Sie zuerst die Schließung zurück.',
  },
  'confirmation-needed': {
    title: 'Nicht bestätigt',
    detail: 'Es ist nichts geschehen. Versuchen Sie es erneut, und bestätigen Sie, dass Sie es sind.',
  },
  'consent-not-asked': {
    title: 'Nicht um Einwilligung gebeten',
    detail:
      'Ein Kunde ohne Einwilligung wird höchstens einmal in 7 Tagen gebeten, und nur, wenn er jemanden hat, der einwilligen kann.',
  },
  'cross-site': {
    title: 'Nicht von dieser Seite gesendet',
    detail: 'Ihr Browser sagt nicht, dass die Anfrage von diesem Portal kommt. Öffnen Sie es unter seiner eigenen Adresse.',
  },
  'customer-already-invited': {
    title: 'Bereits eingeladen',
    detail:
      'Sie haben diese Adresse eingeladen, und der Link gilt noch. Senden Sie die Einladung erneut, oder ziehen Sie sie zurück.',
  },
  'customer-not-connected': {
    title: 'Kein verbundener Kunde',
    detail: 'Mindestens einer dieser Kunden ist nicht mehr mit Ihnen verbunden. Laden Sie die Seite neu.',
  },
  'device-not-found': {
    title: 'Dieses Gerät gibt es nicht',
    detail: 'Die Organisation hat jetzt kein solches Gerät. Im Inventar stehen die, die sie hat.',
  },
  'email-not-verified': {
    title: 'Diese Adresse ist nicht bestätigt',
    detail: 'Eine Einladung gilt nur für ihre bestätigte Adresse. Bestätigen Sie Ihre, und öffnen Sie den Link erneut.',
  },
  'email-taken': {
    title: 'Diese Adresse hat ein Konto',
    detail:
      'Mit dieser E-Mail-Adresse meldet sich schon jemand an. Sind Sie es, melden Sie sich an und öffnen Sie den Link erneut; sonst geben Sie eine andere an.',
  },
  'in-a-company': {
    title: 'Sie gehören zu einem Unternehmen',
    detail:
      'Eine Person gehört zu einem Unternehmen. Verlassen Sie zuerst das jetzige, oder bitten Sie um eine Einladung an eine andere Adresse.',
  },
  internal: {
    title: 'Unser Fehler',
    detail:
      'Hier ist etwas gescheitert. Versuchen Sie es erneut; wenn es andauert, nennen Sie dem Betreiber dieses Portals die Nummer der Anfrage.',
  },
  'invited-other-address': {
    title: 'Die Einladung gilt einer anderen Adresse',
    detail:
      'Sie sind mit einer anderen Adresse angemeldet als der eingeladenen. Melden Sie sich ab, und öffnen Sie den Link erneut.',
  },
  'key-not-rotated': {
    title: 'Dieser Schlüssel wird nicht erneuert',
    detail:
      'Nur ein gültiger Schlüssel, der noch nicht erneuert wurde, wird durch einen gleichen ersetzt. Erzeugen Sie einen neuen.',
  },
  'key-reported': {
    title: 'Dieser Schlüssel wurde gemeldet',
    detail: 'Jemand hat ihn gefunden und gemeldet; er wird für immer abgelehnt. Erzeugen Sie einen neuen.',
  },
  'key-widened': {
    title: 'Ein Schlüssel wird nie erweitert',
    detail:
      'Er lässt sich nur einschränken: früheres Ende, weniger Kunden, weniger Netze. Für mehr erzeugen Sie einen neuen Schlüssel.',
  },
  'last-administrator': {
    title: 'Der letzte Administrator',
    detail:
      'Ein Unternehmen braucht einen Administrator. Machen Sie zuerst jemand anderen dazu, oder schließen Sie das Unternehmen.',
  },
  'licence-key-refused': {
    title: 'Der Lizenzschlüssel wird nicht angenommen',
    detail: 'Er ist vertippt oder nicht von diesem Portal. Kopieren Sie ihn ganz, so wie Sie ihn bekommen haben.',
  },
  'licence-key-used': {
    title: 'Der Lizenzschlüssel wurde benutzt',
    detail: 'Er wurde eingelöst oder zurückgezogen. Bitten Sie um einen anderen.',
  },
  'link-not-valid': {
    title: 'Dieser Link gilt nicht',
    detail:
      'Er wurde benutzt, ist abgelaufen, wurde zurückgezogen oder nicht ganz kopiert. Bitten Sie den Absender um einen neuen.',
  },
  'location-misplaced': {
    title: 'Dort kann es nicht stehen',
    detail:
      'Ein Standort liegt nicht in sich selbst oder unter sich und höchstens 10 tief; ein Gerät, das Teil eines anderen ist, steht, wo jenes steht.',
  },
  'location-not-empty': {
    title: 'Dieser Standort ist nicht leer',
    detail: 'Verschieben Sie zuerst, was darin ist: seine Geräte und die Standorte darunter.',
  },
  'location-not-found': {
    title: 'Diesen Standort gibt es nicht',
    detail: 'Vielleicht wurde er entfernt: Sehen Sie noch einmal ins Inventar.',
  },
  'location-reported': {
    title: 'Ein Gateway meldet diesen Standort',
    detail:
      'Er käme mit dessen nächstem Bericht wieder. Benennen oder verschieben Sie ihn hier, oder nehmen Sie ihn aus dem heraus, was das Gateway meldet.',
  },
  'mail-not-retried': {
    title: 'Diese E-Mail wird nicht noch einmal versucht',
    detail:
      'Sie wurde gesendet, oder sie hatte einen Link, der nicht mehr gilt. Tun Sie noch einmal, worum es ging: das sendet eine neue.',
  },
  'media-type': { title: 'Das Portal ist nicht auf dem neuesten Stand', detail: 'Laden Sie die Seite neu.' },
  'method-not-allowed': { title: 'Das Portal ist nicht auf dem neuesten Stand', detail: 'Laden Sie die Seite neu.' },
  'name-not-repeated': {
    title: 'Nicht der Name des Unternehmens',
    detail: 'Geben Sie den Namen so ein, wie er dasteht, damit kein Unternehmen aus Versehen geschlossen wird.',
  },
  'not-a-customer': { title: 'Kein Kunde', detail: 'Nur ein Kunde hat Abonnements.' },
  'not-allowed': {
    title: 'Nicht erlaubt',
    detail:
      'Ihre Rolle umfasst das nicht, oder Sie sehen ein anderes Unternehmen nur an. Bitten Sie einen Administrator, wenn Sie es brauchen.',
  },
  'not-covered': {
    title: 'Diese Organisation ist nicht abgedeckt',
    detail: 'Sie sehen die Geräte dieser Organisation jetzt nicht, oder es gibt keine mit dieser Kennung.',
  },
  'not-found': { title: 'Nicht gefunden', detail: 'Das gibt es nicht, oder nicht mehr.' },
  'own-sign-in-needed': {
    title: 'Melden Sie sich mit eigenem Passwort oder Passkey an',
    detail:
      'Diese Sitzung hat beim Anmeldedienst Ihres Unternehmens begonnen. Was Ihnen bleibt, wenn Sie es verlassen, ändert sein Dienst nicht: Melden Sie sich ab und selbst an.',
  },
  'partner-id-taken': {
    title: 'Diese Partner-ID ist vergeben',
    detail: 'Ein anderer Partner hat sie. Geben Sie eine andere an oder keine: dann entsteht sie aus dem Namen.',
  },
  'partner-not-found': {
    title: 'Diesen Partner gibt es nicht',
    detail:
      'Kein Partner hat diese Partner-ID. Sie besteht aus Buchstaben, Ziffern und Unterstrichen wie ACME_INC. Fragen Sie den Partner danach.',
  },
  'passkey-refused': {
    title: 'Der Passkey wird nicht angenommen',
    detail:
      'Er gehört hier zu keinem Konto, wurde nicht entsperrt oder brauchte zu lange. Versuchen Sie es erneut, oder nehmen Sie Ihr Passwort.',
  },
  'password-wrong': { title: 'Das Passwort stimmt nicht', detail: 'Geben Sie das Passwort ein, mit dem Sie sich anmelden.' },
  'provider-failed': {
    title: 'Der Anmeldedienst ist nicht zu gebrauchen',
    detail: ({ told }) =>
      `Er antwortete nicht, wie er soll. Versuchen Sie es erneut, oder prüfen Sie seine Einstellungen.${serverSays(told)}`,
  },
  'provider-name-taken': {
    title: 'Ein anderes Unternehmen meldet sich unter diesem Namen an',
    detail: 'Wählen Sie einen anderen Namen.',
  },
  'provider-not-found': {
    title: 'Unter diesem Namen meldet sich kein Unternehmen an',
    detail: 'Prüfen Sie den Namen. Wer das Portal in Ihrem Unternehmen verwaltet, kennt ihn.',
  },
  'provider-one-factor': {
    title: 'Das Unternehmen verlangt zwei Faktoren',
    detail: 'Lassen Sie den Anmeldedienst als zwei Faktoren gelten, oder verlangen Sie keine.',
  },
  'provider-refused': {
    title: 'Diese Anmeldung beim Dienst wird nicht angenommen',
    detail: ({ told }) =>
      `Beginnen Sie neu. Hilft das nicht, fragen Sie, wer Single Sign-on in Ihrem Unternehmen verwaltet.${serverSays(told)}`,
  },
  'request-malformed': {
    title: 'Eine Angabe passt nicht',
    detail: ({ field, told }) =>
      (field && fields[field]) || `Prüfen Sie, was Sie eingegeben haben.${field === undefined ? '' : serverSays(told)}`,
  },
  'request-timeout': { title: 'Die Anfrage dauerte zu lange', detail: 'Sie kam nicht ganz an. Senden Sie sie erneut.' },
  'request-too-large': { title: 'Zu viel auf einmal', detail: 'Senden Sie weniger auf einmal.' },
  'sign-in-failed': {
    title: 'Anmeldung gescheitert',
    detail:
      'E-Mail-Adresse und Passwort gehören nicht zusammen, oder die Adresse ist noch nicht bestätigt: dann wurde ihr der Link dazu gesendet. Prüfen Sie beide, und versuchen Sie es erneut.',
  },
  'sign-in-over': {
    title: 'Melden Sie sich neu an',
    detail:
      'Diese Anmeldung dauerte zu lange oder hatte zu viele falsche Codes. Beginnen Sie neu mit E-Mail-Adresse und Passwort.',
  },
  'single-sign-on-needed': {
    title: 'Single Sign-on ist nötig',
    detail: 'Ihr Unternehmen verlangt die Anmeldung bei seinem eigenen Anmeldedienst. Melden Sie sich dort an.',
  },
  'subscription-closed': {
    title: 'Dieses Abonnement ist abgeschlossen',
    detail: 'Es ist abgelaufen, wurde beendet oder gekündigt und wird deshalb nicht verlängert. Beginnen Sie ein neues.',
  },
  'subscription-overlap': {
    title: 'Abonnements überschneiden sich',
    detail:
      'Das Unternehmen hat in dieser Zeit ein anderes. Verlängern oder beenden Sie jenes, oder beginnen Sie nach dessen Ende.',
  },
  'too-many-requests': {
    title: 'Zu viel auf einmal',
    detail: ({ waitSeconds }) =>
      waitSeconds === undefined
        ? 'Warten Sie etwas, und versuchen Sie es dann erneut.'
        : `Versuchen Sie es in ${durationText(waitSeconds)} erneut.`,
  },
  'too-many-streams': {
    title: 'Zu viele Seiten auf einmal',
    detail: 'So viele Seiten zeigen Live-Werte, wie eine Person offen haben darf. Schließen Sie eine.',
  },
  'too-many-webhooks': {
    title: 'Zu viele Webhooks',
    detail:
      'Ein Unternehmen hat höchstens 50. Löschen Sie einen, der nicht mehr gebraucht wird, oder lassen Sie einen mehr melden.',
  },
  'two-factor-needed': {
    title: 'Richten Sie zuerst die Zwei-Faktor-Anmeldung ein',
    detail: 'Das Unternehmen verlangt sie. Richten Sie sie in Ihrem Konto ein, oder fügen Sie einen Passkey hinzu.',
  },
  'two-factor-off': { title: 'Die Zwei-Faktor-Anmeldung ist aus', detail: 'Richten Sie sie zuerst ein.' },
  'two-factor-on': {
    title: 'Die Zwei-Faktor-Anmeldung ist an',
    detail: 'Schalten Sie sie aus, bevor Sie sie mit einer anderen App einrichten.',
  },
  'two-factor-required': {
    title: 'Die Zwei-Faktor-Anmeldung wird verlangt',
    detail:
      'Ihr Unternehmen verlangt sie, deshalb lässt sie sich nicht ausschalten. Für ein anderes Gerät bitten Sie einen Administrator, sie zurückzusetzen.',
  },
  unavailable: {
    title: 'Zurzeit nicht verfügbar',
    detail: 'Der Server startet, hält an oder ist überlastet. Versuchen Sie es in Kürze erneut.',
  },
  'visits-not-allowed': {
    title: 'Dieses Unternehmen wird nicht angesehen',
    detail:
      'Es hat verboten, dass der Anbieter sein Portal ansieht, oder ist gesperrt; der Anbieter und das Demo-Unternehmen werden nie angesehen.',
  },
  'webhook-full': {
    title: 'Es warten so viele wie erlaubt',
    detail:
      'Für diesen Webhook warten so viele Ereignisse, dass keine erneut gesendet werden. Fahren Sie fort, wenn sein Empfänger einige angenommen hat.',
  },
  'webhook-disabled': {
    title: 'Der Webhook ist deaktiviert',
    detail: 'Es wird nichts an ihn gesendet. Aktivieren Sie ihn zuerst.',
  },
}
