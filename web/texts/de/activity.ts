import { countText } from '../../numbers.ts'
import type * as english from '../activity.ts'
import type { Translated } from '../translated.ts'

const nouns: Record<string, string> = {
  access_token: 'Zugriffstoken',
  administrator_grant: 'Administratorzugriff',
  company: 'Unternehmen',
  consent: 'Einwilligung',
  customer_invitation: 'Einladung eines Kunden',
  device: 'Gerät',
  gateway: 'Gateway',
  installation_setting: 'Einstellungen',
  invitation: 'Einladung',
  key: 'Schlüssel',
  licence_key: 'Lizenzschlüssel',
  location: 'Standort',
  mail: 'E-Mail',
  member: 'Mitglied',
  partnership: 'Partner',
  passkey: 'Passkey',
  password: 'Passwort',
  person: 'Konto',
  session: 'Sitzung',
  setup_link: 'Einrichtungslink',
  sign_in_method: 'Anmeldeart',
  subscription: 'Abonnement',
  two_factor: 'Zweiter Faktor',
}

/** What was done, as it follows the noun. */
const deeds: Record<string, string> = {
  accepted: 'angenommen',
  added: 'hinzugefügt',
  approved: 'genehmigt',
  canceled: 'gekündigt',
  changed: 'geändert',
  closed: 'geschlossen',
  created: 'erstellt',
  deleted: 'gelöscht',
  disabled: 'deaktiviert',
  enabled: 'aktiviert',
  ended: 'beendet',
  expired: 'abgelaufen',
  extended: 'verlängert',
  given: 'erteilt',
  redeemed: 'eingelöst',
  removed: 'entfernt',
  renamed: 'umbenannt',
  reopened: 'wieder geöffnet',
  replaced: 'ersetzt',
  reported: 'gemeldet',
  requested: 'erbeten',
  resent: 'erneut gesendet',
  reset: 'zurückgesetzt',
  resumed: 'entsperrt',
  revoked: 'zurückgezogen',
  shortened: 'verkürzt',
  started: 'begonnen',
  suspended: 'gesperrt',
  terminated: 'sofort beendet',
  token_replaced: 'mit neuem Token versehen',
  used: 'verwendet',
  withdrawn: 'widerrufen',
}

const verbs: Record<string, string> = {
  'customer_invitation.created': 'Kunde eingeladen',
  'gateway.created': 'Gateway hinzugefügt',
  'installation.restored': 'Installation wiederhergestellt',
  'invitation.created': 'Mitarbeitende eingeladen',
  'key.created': 'Schlüssel erzeugt',
  'key.organization_added': 'Kunde in die Auswahl eines Schlüssels aufgenommen',
  'key.organization_removed': 'Kunde aus der Auswahl eines Schlüssels genommen',
  'licence_key.withdrawn': 'Lizenzschlüssel zurückgezogen',
  'mail.retried': 'E-Mail erneut gesendet',
  'member.created': 'Mitglied beigetreten',
  'member.deleted': 'Mitglied ausgetreten oder entfernt',
  'partnership.connected': 'Partner verbunden',
  'partnership.ended': 'Partner entfernt',
  'person.email_changed': 'E-Mail-Adresse geändert',
  'person.renamed': 'Name geändert',
  'session.confirmed': 'Anmeldung bestätigt',
  'session.ended': 'Abgemeldet',
  'session.started': 'Angemeldet',
  'sign_in_method.created': 'Passwort gesetzt',
  'two_factor.recovery_codes_changed': 'Wiederherstellungscodes erneuert',
}

export const verbText: typeof english.verbText = (verb) => {
  const [noun = '', done = ''] = verb.split('.')
  return verbs[verb] ?? `${nounText(noun)} ${deeds[done] ?? done.replaceAll('_', ' ')}`
}

export const nounText: typeof english.nounText = (noun) => nouns[noun] ?? noun.replaceAll('_', ' ')

export const activityNouns: Translated<typeof english.activityNouns> = Object.keys(nouns)

export const activityTexts: Translated<typeof english.activityTexts> = {
  title: 'Aktivität',
  lead: 'Was getan wurde, von wem und wann: Einwilligung, Partner, Schlüssel, Personen, Gateways, Abonnements. Es wird im selben Moment geschrieben wie die Sache selbst, und nichts lässt sich unbemerkt daraus entfernen.',
  leadVendor:
    'Was in allen Unternehmen getan wurde, von wem und wann. Es wird im selben Moment geschrieben wie die Sache selbst, und nichts lässt sich unbemerkt daraus entfernen.',
  from: 'Von',
  to: 'Bis',
  what: 'Was',
  anything: 'Alles',
  who: 'Wer',
  anybody: 'Alle',
  kinds: {
    person: 'Person',
    token: 'Programm mit Zugriffstoken',
    device: 'Gerät',
    gateway: 'Gateway',
    system: 'Das System selbst',
    'command line': 'Befehlszeile',
  },
  of: (name, company) => `${name}, ${company}`,
  somebodyOf: (company) => `Jemand von ${company}`,
  download: 'CSV exportieren',
  table: 'Vorgänge',
  columns: { when: 'Wann', what: 'Was', subject: 'Worüber', who: 'Wer', from: 'Von', details: 'Einzelheiten' },
  details: (seq) => `Einzelheiten von Vorgang ${seq} anzeigen`,
  show: 'Anzeigen',
  nothing: '–',
  empty: {
    title: 'Kein solcher Vorgang',
    text: 'Nichts im Protokoll passt. Wählen Sie weniger Filter oder einen anderen Zeitraum.',
  },
  older: 'Ältere anzeigen',
  verify: {
    title: 'Ist das Protokoll unversehrt?',
    lead: 'Jeder Vorgang ist durch einen Prüfwert mit dem vorigen verkettet, und der neueste wird stündlich signiert. Alles nachzurechnen zeigt, ob etwas verändert wurde.',
    button: 'Jetzt prüfen',
    again: 'Erneut prüfen',
    running: 'Wird nachgerechnet …',
    good: 'Nichts wurde verändert',
    bad: 'Das Protokoll wurde verändert',
    read: (acts, heads) =>
      `${countText(acts)} Vorgänge wurden nachgerechnet und mit ${countText(heads)} signierten Ständen verglichen.`,
    part: 'Dies sind die Vorgänge, die Ihr Unternehmen betreffen. Dass keiner fehlt, kann nur sagen, wer dieses Portal betreibt.',
    strange: (count) => `${countText(count)} der Stände sind mit einem anderen Schlüssel signiert, als dieser Server jetzt hat.`,
    fault: (seq, what) => `Vorgang ${countText(seq)}: ${what}.`,
    more: (count) => `Und ${countText(count)} weitere.`,
    lastSigned: 'Zuletzt stündlich signiert',
    head: 'Jetzt signiert',
    headOf: (seq) => `Vorgang ${countText(seq)}`,
    digest: 'Prüfwert',
    signature: 'Signatur',
    copyHead: 'Signierten Stand kopieren',
    keep: 'Bewahren Sie den signierten Stand anderswo auf: `assent audit verify --head FILE` zeigt dann jede spätere Änderung davor, wer auch immer sie vorgenommen hat.',
  },
}
