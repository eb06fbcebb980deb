import type * as english from '../companies.ts'
import type { Translated } from '../translated.ts'

export const companiesTexts: Translated<typeof english.companiesTexts> = {
  title: 'Unternehmen',
  lead: 'Partner und Kunden dieses Portals.',
  create: 'Unternehmen anlegen',
  search: 'Unternehmen suchen',
  placeholder: 'Name, Partner-ID oder ID',
  found: (found, all) => `${found} von ${all}`,
  table: 'Unternehmen',
  columns: {
    name: 'Name',
    kind: 'Art',
    state: 'Status',
    subscription: 'Abonnement',
    partnerId: 'Partner-ID',
    created: 'Angelegt',
  },
  active: 'Aktiv',
  suspended: 'Gesperrt',
  noSubscription: 'Keines',
  nothing: '–',
  subscription: { paid: 'Bezahlt', trial: 'Testphase' },
  until: (state) => ({ active: 'bis', ended: 'endete', upcoming: 'ab' })[state],
  empty: {
    title: 'Noch keine Unternehmen',
    text: 'Legen Sie einen Partner und einen Kunden an, verbinden Sie beide, und erstellen Sie für den ersten Administrator von jedem einen Einrichtungslink.',
  },
  noneFound: { title: 'Kein Unternehmen passt', text: 'Suchen Sie nach einem Teil des Namens, nach Partner-ID oder ID.' },
}

export const createCompanyTexts: Translated<typeof english.createCompanyTexts> = {
  title: 'Unternehmen anlegen',
  kind: 'Art',
  kinds: {
    customer: { word: 'Kunde', sentence: 'Besitzt Geräte und entscheidet, welche Partner deren Daten lesen dürfen.' },
    partner: {
      word: 'Partner',
      sentence: 'Liest die Gerätedaten von Kunden, die einwilligen. Erhält eine Partner-ID, gebildet aus seinem Namen.',
    },
  },
  name: 'Name',
  nameMissing: 'Geben Sie den Namen des Unternehmens ein.',
  address: 'Adresse',
  email: 'E-Mail-Adresse für Kontakt',
  emailMalformed: 'Das ist keine E-Mail-Adresse. Sie hat die Form name@example.com.',
  phone: 'Telefon für Kontakt',
  partnerHint: 'Kunden sehen diese Kontaktangaben, bevor und nachdem sie sich verbinden.',
  submit: 'Unternehmen anlegen',
}

export const companyTexts: Translated<typeof english.companyTexts> = {
  up: 'Unternehmen',
  title: 'Unternehmen',
  details: 'Angaben',
  facts: {
    kind: 'Art',
    state: 'Status',
    partnerId: 'Partner-ID',
    id: 'ID',
    email: 'E-Mail-Adresse für Kontakt',
    phone: 'Telefon für Kontakt',
    address: 'Adresse',
    created: 'Angelegt',
  },
  copyId: 'ID kopieren',
  edit: 'Bearbeiten',
  editTitle: 'Angaben bearbeiten',
  edited: 'Die Angaben sind gespeichert.',
  suspend: 'Sperren',
  resume: 'Entsperren',
  suspendTitle: (name) => `${name} sperren?`,
  suspendText: {
    partner:
      'Seine Personen können sich nicht anmelden, und seine Schlüssel werden sofort abgelehnt. Kunden behalten ihre Einwilligungen. Das Entsperren stellt alles wieder her.',
    customer:
      'Seine Personen können sich nicht anmelden, seine Schlüssel und Gateways werden abgelehnt, und kein Partner liest seine Daten. Das Entsperren stellt alles wieder her.',
  },
  suspended: (name) => `${name} ist gesperrt.`,
  resumed: (name) => `${name} ist wieder aktiv.`,
  suspendedSince: 'Gesperrt seit',
}

export const vendorSubscriptionTexts: Translated<typeof english.vendorSubscriptionTexts> = {
  title: 'Abonnements',
  lead: 'Zeiträume, in denen die Daten dieses Kunden gelesen werden dürfen, von wem er es erlaubt.',
  table: 'Abonnements',
  columns: { kind: 'Art', state: 'Status', starts: 'Ab', ends: 'Bis', actions: 'Aktionen' },
  canceled: 'nicht verlängert',
  terminated: 'sofort beendet',
  empty: {
    title: 'Kein Abonnement',
    text: 'Eine Testphase beginnt von selbst mit den ersten Daten seines ersten Gateways. Oder beginnen Sie hier eine Testphase oder ein bezahltes Abonnement.',
  },
  start: 'Abonnement beginnen',
  startTitle: 'Abonnement beginnen',
  kind: 'Art',
  kinds: { paid: 'Bezahlt', trial: 'Testphase' },
  paidEndsTrial: 'Ein bezahltes Abonnement, das während einer Testphase beginnt, beendet sie.',
  from: 'Erster Tag',
  fromHint: 'Heute: Es beginnt sofort.',
  until: 'Letzter Tag',
  dateMissing: 'Wählen Sie den letzten Tag.',
  dateOrder: 'Der letzte Tag darf nicht vor dem ersten liegen.',
  datePast: 'Wählen Sie einen Tag, der nicht vergangen ist.',
  started: 'Das Abonnement ist eingerichtet.',
  extend: 'Verlängern',
  extendTitle: 'Abonnement verlängern',
  extendHint: (date) => `Es endet jetzt am ${date}. Wählen Sie einen späteren letzten Tag.`,
  extended: 'Das Abonnement ist verlängert.',
  cancel: 'Kündigen',
  cancelTitle: 'Abonnement kündigen?',
  cancelText: (date) =>
    `Das Abonnement bleibt bis ${date} gültig und kann nicht mehr verlängert werden. Für einen längeren Zeitraum beginnen Sie danach ein neues.`,
  keep: 'Behalten',
  canceledDone: 'Das Abonnement ist gekündigt und bleibt bis zu seinem Ende gültig.',
  terminate: 'Sofort beenden',
  terminateTitle: (name) => `Abonnement von ${name} sofort beenden?`,
  terminateText:
    'Es endet in diesem Moment: Partner und Schlüssel können die Daten dieses Kunden nicht mehr lesen. Das lässt sich nicht rückgängig machen; ein neues Abonnement kann begonnen werden. Einwilligungen bleiben bestehen.',
  terminatedDone: 'Das Abonnement ist beendet.',
}

export const partnershipTexts: Translated<typeof english.partnershipTexts> = {
  title: { customer: 'Partner', partner: 'Kunden' },
  lead: {
    customer:
      'Partner, mit denen dieser Kunde verbunden ist. Die Verbindung zeigt dem Partner seinen Namen; Gerätedaten brauchen seine Einwilligung.',
    partner: 'Kunden, die mit diesem Partner verbunden sind.',
  },
  table: 'Verbindungen',
  columns: { name: 'Name', consent: 'Einwilligung', connected: 'Verbunden', actions: 'Aktionen' },
  given: 'Erteilt',
  notGiven: 'Nicht erteilt',
  connect: 'Partner verbinden',
  connectTitle: 'Partner verbinden',
  partnerId: 'Partner-ID',
  partnerIdHint: 'Der Partner nennt sie seinen Kunden: Großbuchstaben, Ziffern und Unterstriche.',
  partnerIdMissing: 'Geben Sie die Partner-ID ein.',
  submit: 'Verbinden',
  connected: 'Der Partner ist verbunden. Sein Kunde kann nun den Zugriff erlauben.',
  disconnect: 'Trennen',
  disconnectNamed: (name) => `${name} trennen`,
  disconnectTitle: (customer, partner) => `${customer} von ${partner} trennen?`,
  disconnectText:
    'Die Einwilligung endet mit der Verbindung, und zwar endgültig: Wieder verbunden, muss der Kunde neu einwilligen. Der Partner wird sofort abgelehnt.',
  disconnected: 'Sie sind getrennt.',
  empty: {
    customer: {
      title: 'Mit keinem Partner verbunden',
      text: 'Verbinden Sie einen über seine Partner-ID. Der Kunde entscheidet dann, ob er lesen darf.',
    },
    partner: {
      title: 'Keine Kunden verbunden',
      text: 'Öffnen Sie einen Kunden, und verbinden Sie ihn dort mit diesem Partner.',
    },
  },
}

export const setUpLinkTexts: Translated<typeof english.setUpLinkTexts> = {
  title: 'Personen',
  lead: 'Mit einem Einrichtungslink legt eine Person einmalig ein Konto in diesem Unternehmen an.',
  create: 'Einrichtungslink erstellen',
  dialogTitle: 'Einrichtungslink erstellen',
  role: 'Rolle',
  email: 'E-Mail-Adresse',
  emailHint: 'Nur diese Adresse kann den Link verwenden.',
  emailMissing: 'Geben Sie die Adresse ein, für die der Link ist.',
  submit: 'Link erstellen',
  shown: {
    title: 'Einrichtungslink kopieren',
    once: 'Der Link wird nur dieses eine Mal angezeigt. Wer ihn zuerst öffnet, legt das Konto an: Senden Sie ihn nur an die betreffende Person.',
    label: 'Einrichtungslink',
    done: 'Fertig',
    leaveTitle: 'Ohne Kopieren schließen?',
    leave: 'Der Link wurde nicht kopiert und kann nicht noch einmal angezeigt werden. Sie müssten einen anderen erstellen.',
    back: 'Zurück zum Link',
    leaveAnyway: 'Trotzdem schließen',
  },
  expires: 'Er läuft ab',
}
