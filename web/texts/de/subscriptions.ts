import type * as english from '../subscriptions.ts'
import type { Translated } from '../translated.ts'

export const subscriptionTexts: Translated<typeof english.subscriptionTexts> = {
  title: 'Abonnements',
  lead: 'Ihr Abonnement, und welche Partner Ihre Gerätedaten lesen dürfen.',
  section: 'Abonnement',
  kinds: { paid: 'Bezahltes Abonnement', trial: 'Testphase' },
  state: { active: 'Aktiv', ended: 'Beendet', upcoming: 'Beginnt später' },
  facts: {
    state: 'Status',
    kind: 'Art',
    since: 'Seit',
    starts: 'Beginnt',
    until: 'Bis',
    ended: 'Endete',
    left: 'Verbleibend',
    next: 'Danach',
  },
  left: (count) => `${count} ${count === 1 ? 'Tag' : 'Tage'}`,
  active:
    'Wenn es endet, enden im selben Moment der Zugriff der Partner und Ihre API-Schlüssel. Ihre Gateways sammeln weiter. Ihre Einwilligung bleibt bestehen: Eine Verlängerung bringt den Zugriff ohne erneute Frage zurück.',
  canceled: 'Es ist gekündigt: Es bleibt bis zu seinem Ende gültig und wird nicht verlängert.',
  ended:
    'Partner können Ihre Gerätedaten nicht lesen, und Ihre API-Schlüssel werden abgelehnt. Ihre Gateways sammeln weiter. Ihre Einwilligung bleibt bestehen: Eine Verlängerung bringt den Zugriff ohne erneute Frage zurück.',
  upcoming: 'Bis es beginnt, können Partner Ihre Gerätedaten nicht lesen, und Ihre API-Schlüssel werden abgelehnt.',
  contact: {
    before: 'Um ein Abonnement zu beginnen, zu verlängern oder zu ändern, wenden Sie sich an ',
    after: ', oder lösen Sie einen Lizenzschlüssel ein.',
  },
  noContact: 'Ein Lizenzschlüssel beginnt oder verlängert ein Abonnement.',
  none: {
    title: 'Noch kein Abonnement',
    text: 'Eine Testphase beginnt von selbst, wenn Ihr erstes Gateway seine ersten Daten sendet. Bis dahin können Partner nichts lesen, und API-Schlüssel werden abgelehnt.',
  },
}

export const partnerTexts: Translated<typeof english.partnerTexts> = {
  title: 'Ihr Partner',
  add: 'Partner hinzufügen',
  facts: {
    id: 'Partner-ID',
    email: 'E-Mail-Adresse',
    phone: 'Telefon',
    address: 'Adresse',
    connected: 'Verbunden seit',
    lastRead: 'Letzter Zugriff',
  },
  neverRead: 'Nie',
  history: 'Wer was gelesen hat, und wann',
  saving: 'Wird gespeichert …',
  saved: (allowed) => (allowed ? 'Gespeichert. Der Zugriff ist erlaubt.' : 'Gespeichert. Der Zugriff ist widerrufen.'),
  since: 'Erlaubt seit',
  by: (name) => `durch ${name}`,
  asked: (partner, date) => `${partner} hat am ${date} um Ihre Einwilligung gebeten.`,
  notAllowed: (partner) =>
    `Nicht erlaubt. ${partner} sieht den Namen Ihres Unternehmens und dass Sie nicht eingewilligt haben; keine Gerätedaten.`,
  paused: 'Erlaubt, aber solange Sie kein aktives Abonnement haben, kann nichts gelesen werden.',
  only: (kinds) => `Beschränkt auf: ${kinds}.`,
  until: 'Bis',
  willSee: (partner) => `Was ${partner} lesen kann, solange dies angekreuzt ist`,
  willNotSee: 'Was verschlossen bleibt',
  failedToSave: 'Nicht gespeichert',
  withdrawTitle: (partner) => `Zugriff von ${partner} widerrufen?`,
  withdrawDoes: (partner) => `Von diesem Moment an wird jede Anfrage von ${partner} nach Ihren Gerätedaten abgelehnt.`,
  withdrawCannot:
    'Was bereits gelesen wurde, kann nicht zurückgenommen werden. Sie können den Zugriff jederzeit wieder erlauben.',
  withdraw: 'Widerrufen',
  keep: 'Zugriff behalten',
  none: {
    title: 'Kein Partner ist verbunden',
    text: 'Ein Partner ist ein Unternehmen, das sich um Ihre Geräte kümmert, etwa ein Dienstleister. Fügen Sie Ihren mit der Partner-ID hinzu, die er Ihnen nennt; er steht dann hier, und Sie entscheiden, ob er Ihre Gerätedaten lesen darf. Die Verbindung allein zeigt ihm den Namen Ihres Unternehmens und ob Sie den Zugriff erlauben, und keine Gerätedaten.',
  },
}
