import type * as english from '../account.ts'
import type { Translated } from '../translated.ts'

export const accountTexts: Translated<typeof english.accountTexts> = {
  title: 'Ihr Konto',
  backAlone: 'Zurück',
  menu: 'Ihr Konto',
  needed: {
    title: 'Ihr Unternehmen verlangt die Zwei-Faktor-Anmeldung',
    text: 'Richten Sie unten eine Authenticator-App ein. Danach steht Ihnen alles andere wieder offen. Auch ein Passkey genügt: Fügen Sie einen hinzu, und melden Sie sich damit an.',
  },
  profile: {
    title: 'Profil',
    name: 'Ihr Name',
    nameMissing: 'Geben Sie Ihren Namen ein, unter dem man Sie in Ihrem Unternehmen kennt.',
    saved: 'Ihr Name ist gespeichert',
  },
  coverageMails: {
    title: 'Mails zum Zugriff',
    label: 'Wenn ein Kunde Zugriff erlaubt, ändert oder beendet, oder sein Abonnement beginnt oder endet',
    choices: {
      'at once': { label: 'Sofort', description: 'Je eine Mail, die zugleich der Beleg ist, wo es um eine Einwilligung geht.' },
      daily: {
        label: 'Eine Mail am Tag',
        description: 'Am Morgen, falls sich etwas geändert hat. Die Belege stehen unter Kunden.',
      },
    },
    saved: 'Ihre Wahl ist gespeichert',
  },
  email: {
    title: 'E-Mail-Adresse',
    lead: (email, language) =>
      `Sie melden sich mit ${email} an. E-Mails kommen dorthin auf ${language}: Die Sprache wählen Sie im Menü mit Ihrem Namen.`,
    change: 'E-Mail-Adresse ändern',
    field: 'Neue E-Mail-Adresse',
    submit: 'Link senden',
    sent: 'Öffnen Sie den Link, der an die neue Adresse gesendet wurde',
    hint: 'An die neue Adresse wird ein Link gesendet. Bevor Sie ihn öffnen, ändert sich nichts.',
  },
  password: {
    title: 'Passwort',
    lead: 'Wenn Sie es ändern, werden Sie überall sonst abgemeldet.',
    change: 'Passwort ändern',
    current: 'Jetziges Passwort',
    wanted: 'Neues Passwort',
    submit: 'Passwort ändern',
    done: 'Ihr Passwort ist geändert',
    currentMissing: 'Geben Sie das Passwort ein, mit dem Sie sich anmelden.',
  },
  twoFactor: {
    title: 'Zwei-Faktor-Anmeldung',
    off: 'Die Anmeldung verlangt nur Ihr Passwort. Mit einer Authenticator-App auf Ihrem Telefon verlangt sie auch einen Code.',
    on: (left) =>
      `Ein: Die Anmeldung verlangt einen Code Ihrer Authenticator-App. Noch ${left} ${left === 1 ? 'Wiederherstellungscode' : 'Wiederherstellungscodes'}.`,
    setUp: 'Einrichten',
    setUpTitle: 'Zwei-Faktor-Anmeldung einrichten',
    password: 'Ihr Passwort',
    next: 'Weiter',
    scan: 'Scannen Sie dies mit Ihrer Authenticator-App, oder tippen Sie den Schlüssel dort ein.',
    picture: 'QR-Code für eine Authenticator-App',
    key: 'Schlüssel',
    code: 'Code, den die App anzeigt',
    codeMissing: 'Geben Sie die sechs Ziffern ein, die die App anzeigt.',
    confirm: 'Einschalten',
    done: 'Die Zwei-Faktor-Anmeldung ist eingeschaltet',
    codesTitle: 'Bewahren Sie Ihre Wiederherstellungscodes auf',
    codes:
      'Mit jedem können Sie sich einmal anmelden, wenn Sie Ihr Telefon nicht haben. Bewahren Sie sie bei anderen wichtigen Unterlagen auf: Sie werden nicht noch einmal angezeigt.',
    codesLabel: 'Wiederherstellungscodes',
    kept: 'Ich habe sie aufbewahrt',
    renew: 'Neue Wiederherstellungscodes',
    renewTitle: 'Neue Wiederherstellungscodes erzeugen',
    renewText: 'Die bisherigen gelten dann nicht mehr.',
    renewSubmit: 'Neue Codes erzeugen',
    turnOff: 'Ausschalten',
    turnOffTitle: 'Zwei-Faktor-Anmeldung ausschalten',
    turnOffText: 'Die Anmeldung verlangt dann nur noch Ihr Passwort. Die Wiederherstellungscodes gelten nicht mehr.',
    turnedOff: 'Die Zwei-Faktor-Anmeldung ist ausgeschaltet',
  },
  passkeys: {
    title: 'Passkeys',
    lead: 'Mit einem Passkey melden Sie sich über die Sperre Ihres Geräts an, ohne Passwort und Code.',
    add: 'Passkey hinzufügen',
    addTitle: 'Passkey hinzufügen',
    name: 'Name',
    nameHint: 'Woran Sie ihn erkennen, etwa das Gerät, auf dem er liegt.',
    nameMissing: 'Geben Sie ihm einen Namen.',
    none: 'Sie haben keine Passkeys.',
    added: 'Der Passkey ist hinzugefügt',
    remove: 'Entfernen',
    removeNamed: (name) => `${name} entfernen`,
    removeTitle: (name) => `Passkey ${name} entfernen?`,
    consequence: 'Sie können sich damit nicht mehr anmelden. Was Ihr Gerät davon behält, können Sie dort löschen.',
    removed: 'Der Passkey ist entfernt',
    table: 'Passkeys',
    columns: { name: 'Name', added: 'Hinzugefügt', actions: 'Aktionen' },
    failed: {
      title: 'Der Passkey wurde nicht verwendet',
      detail: 'Der Vorgang wurde abgebrochen, dauerte zu lange, oder dieses Gerät hat keinen Passkey für dieses Portal.',
    },
  },
  sessions: {
    title: 'Sitzungen',
    lead: 'Wo Sie angemeldet sind. Was Sie nicht kennen, melden Sie ab.',
    table: 'Sitzungen',
    columns: { agent: 'Browser', address: 'Von', used: 'Zuletzt verwendet', began: 'Angemeldet', actions: 'Aktionen' },
    agent: (browser, system) => `${browser ?? 'Ein Programm'}${system === undefined ? '' : ` unter ${system}`}`,
    this: 'diese hier',
    by: { password: 'mit Passwort', passkey: 'mit Passkey', provider: 'beim Anmeldedienst Ihres Unternehmens' },
    end: 'Abmelden',
    endNamed: (agent) => `${agent} abmelden`,
    ended: 'Die Sitzung ist beendet',
    endAll: 'Überall abmelden',
    endAllTitle: 'Überall abmelden?',
    endAllText: 'Alle Ihre Sitzungen enden, auch diese. Sie melden sich mit Ihrem Passwort wieder an.',
  },
}

export const confirmTexts: Translated<typeof english.confirmTexts> = {
  title: 'Bestätigen Sie, dass Sie es sind',
  lead: 'Ihre Anmeldung liegt eine Weile zurück, und dieser Schritt verlangt eine Bestätigung.',
  password: 'Ihr Passwort',
  code: 'Code Ihrer Authenticator-App oder ein Wiederherstellungscode',
  useCode: 'Stattdessen einen Code verwenden',
  usePassword: 'Stattdessen das Passwort verwenden',
  usePasskey: 'Passkey verwenden',
  submit: 'Bestätigen',
  missing: 'Füllen Sie dies aus, um fortzufahren.',
}

export const signInSettingsTexts: Translated<typeof english.signInSettingsTexts> = {
  title: 'Anmeldung',
  lead: 'Was die Mitglieder Ihres Unternehmens zur Anmeldung brauchen.',
  section: 'Zwei-Faktor-Anmeldung',
  requires: 'Zwei-Faktor-Anmeldung von jedem Mitglied verlangen',
  without: (without, members) =>
    without === 0
      ? 'Jedes Mitglied hat eine Authenticator-App oder einen Passkey.'
      : `${without} von ${members} ${members === 1 ? 'Mitglied hat' : 'Mitgliedern haben'} weder eine Authenticator-App noch einen Passkey. Sobald sie verlangt wird, können diese Mitglieder nur noch eines davon einrichten.`,
  saved: 'Gespeichert',
}
