import type * as english from '../data.ts'
import type { Translated } from '../translated.ts'

export const yourDataTexts: Translated<typeof english.yourDataTexts> = {
  title: 'Ihre eigenen Daten',
  lead: 'Alles, was über Sie gespeichert ist, als Datei: Ihr Konto, Ihre Sitzungen, Ihre Token, E-Mails an Sie und das Protokoll dessen, was Sie getan haben.',
  download: 'Ihre Daten herunterladen',
  erase: 'Ihr Konto löschen',
  eraseTitle: 'Ihr Konto löschen?',
  eraseText: (company) =>
    `Sie können sich nicht mehr anmelden und gehören nicht mehr zu ${company}. Ihre Zugriffstoken gelten sofort nicht mehr; Schlüssel und Gateways von ${company} bleiben. ` +
    'Ihr Name und Ihre Adresse werden überall gelöscht; dass etwas getan wurde, bleibt bekannt, aber nicht, dass Sie es waren.',
  eraseTextAlone:
    'Sie können sich nicht mehr anmelden. Ihr Name und Ihre Adresse werden überall gelöscht; dass etwas getan wurde, bleibt bekannt, aber nicht, dass Sie es waren.',
  eraseFinal: 'Das lässt sich nicht rückgängig machen. Um wieder teilzunehmen, müssten Sie neu eingeladen werden.',
  address: 'Ihre E-Mail-Adresse',
  addressHint: (email) => `Tippen Sie ${email}, um fortzufahren.`,
  addressWrong: 'Das ist nicht die Adresse, mit der Sie sich anmelden.',
  eraseConfirm: 'Mein Konto löschen',
}

export const companyDataTexts: Translated<typeof english.companyDataTexts> = {
  title: 'Unternehmensdaten',
  lead: (company) => `Was für ${company} gespeichert ist, zum Mitnehmen oder Löschen.`,
  export: {
    title: 'Daten mitnehmen',
    lead: {
      vendor:
        'Unternehmen, Mitglieder, Zugriffstoken, E-Mails und Vorgänge, als JSON-Zeilen. Alle Unternehmen zusammen stehen in einer Sicherung.',
      partner:
        'Unternehmen, Mitglieder, Verbindungen und Einwilligungen der Kunden, Schlüssel, Zugriffstoken, E-Mails und Vorgänge, als JSON-Zeilen. Gerätedaten Ihrer Kunden sind nicht enthalten.',
      customer:
        'Unternehmen, Mitglieder, Abonnements, Partner und Einwilligungen, Schlüssel, Gateways, E-Mails und Vorgänge sowie alle Gerätedaten mit ihren Messwerten, als JSON-Zeilen.',
      demo: 'Unternehmen und Vorgänge, als JSON-Zeilen.',
    },
    button: 'Unternehmensdaten herunterladen',
    hint: 'Bei einem großen Unternehmen kann es einige Minuten dauern. Die Datei enthält keine Geheimnisse.',
  },
  close: {
    title: 'Unternehmen schließen',
    lead: 'Beendet alles, was das Unternehmen hier hat. Nach 30 Tagen werden seine Daten gelöscht.',
    button: 'Unternehmen schließen',
    question: (name) => `${name} schließen?`,
    consequences: {
      partner: [
        'Alle Schlüssel werden gelöscht, und Programme, die sie verwenden, werden sofort abgelehnt.',
        'Alle Verbindungen zu Kunden enden, mit deren Einwilligungen.',
        'Niemand meldet sich mehr für das Unternehmen an; Zugriffstoken enden.',
        'Nach 30 Tagen werden die Konten seiner Personen und alle seine Daten gelöscht. Bis dahin kann der Betreiber dieses Portals es zurücknehmen; was beendet wurde, bleibt beendet.',
      ],
      customer: [
        'Partner können Ihre Daten nicht mehr lesen: Verbindungen und Einwilligungen enden sofort.',
        'Alle Schlüssel werden gelöscht, und Gateways werden abgelehnt: Es wird nichts mehr gespeichert.',
        'Das Abonnement endet jetzt, auch wenn es länger bezahlt war.',
        'Niemand meldet sich mehr für das Unternehmen an; Zugriffstoken enden.',
        'Nach 30 Tagen werden alle Gerätedaten, die Konten seiner Personen und alles andere gelöscht. Bis dahin kann der Betreiber dieses Portals es zurücknehmen; was beendet wurde, bleibt beendet.',
      ],
    },
    name: 'Name des Unternehmens',
    nameHint: (name) => `Tippen Sie ${name}, um fortzufahren.`,
    nameWrong: 'Das ist nicht der Name des Unternehmens.',
    confirm: 'Dieses Unternehmen schließen',
    closed: (name) => `${name} ist geschlossen.`,
    closedSince: 'Geschlossen seit',
    reopen: 'Zurücknehmen',
    reopened: (name) => `Die Schließung von ${name} ist zurückgenommen. Seine Personen können sich wieder anmelden.`,
  },
}
