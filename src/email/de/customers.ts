import type { Translation } from '../messages.ts'
import { dayInWords, momentInWords, numberInWords, plural } from './locale.ts'

/** The reasons that no other mail tells. */
const because = {
  subscription_started: 'Das Abonnement hat begonnen',
  subscription_ended: 'Das Abonnement ist abgelaufen',
  suspended: 'Das Unternehmen ist gesperrt',
  resumed: 'Das Unternehmen ist nicht mehr gesperrt',
}

const inDigest: Record<string, string> = {
  ...because,
  consent_given: 'Der Zugriff wurde erlaubt',
  consent_changed: 'Ihr Zugriff wurde geändert',
  consent_withdrawn: 'Der Zugriff wurde widerrufen',
  consent_expired: 'Die Einwilligung ist abgelaufen',
}

/** To partners about their customers, and to customers whom a partner invites. */
export const customerMessages: Pick<
  Translation,
  | 'customer-invitation'
  | 'customer-joined'
  | 'partner-connected'
  | 'partner-removed'
  | 'administrator-access-granted'
  | 'administrator-access-ended'
  | 'coverage-changed'
  | 'coverage-digest'
> = {
  'customer-invitation': ({ organizationName, partner, expiresAt }, portal) => ({
    subject: `${partner.name} lädt ${organizationName} zu ${portal.name} ein`,
    before: [
      `${partner.name} lädt Sie ein, ${organizationName} bei ${portal.name} einzurichten. Dorthin senden Ihre Gateways, was sie von Ihren Geräten lesen.`,
      `Ihr Unternehmen wird mit ${partner.name} verbunden. Damit allein sind noch keine Gerätedaten freigegeben: Ob ${partner.name} sie lesen darf, entscheiden Sie im Portal, und Sie können es jederzeit widerrufen.`,
    ],
    button: 'Unternehmen einrichten',
    facts: [
      ['Organisation', organizationName],
      ['Eingeladen von', partner.name],
      ...(partner.contactEmail === undefined ? [] : [['E-Mail', partner.contactEmail] as const]),
      ...(partner.contactPhone === undefined ? [] : [['Telefon', partner.contactPhone] as const]),
      ['Gültig bis', dayInWords(expiresAt)],
    ],
    after: [
      'Der Link funktioniert einmal und nur für diese Adresse. Wenn Sie ihn nicht erwartet haben, ignorieren Sie diese E-Mail: Ohne Sie wird nichts eingerichtet.',
    ],
  }),
  'customer-joined': ({ organizationName }, portal) => ({
    subject: `${organizationName} ist ${portal.name} beigetreten`,
    before: [
      `${organizationName} hat Ihre Einladung angenommen und steht jetzt unter Ihren Kunden.`,
      'Gerätedaten dieses Kunden können Sie lesen, sobald er es erlaubt. Seine Testphase beginnt von selbst mit den ersten Daten seines ersten Gateways.',
    ],
  }),
  'partner-connected': ({ customerName }) => ({
    subject: `${customerName} ist mit Ihrem Unternehmen verbunden`,
    before: [
      `${customerName} steht jetzt unter Ihren Kunden.`,
      'Sie sehen den Namen, und ob die Gerätedaten gelesen werden können: Dazu braucht es die Einwilligung des Kunden und ein aktives Abonnement.',
    ],
  }),
  'partner-removed': ({ customerName }) => ({
    subject: `${customerName} ist nicht mehr mit Ihrem Unternehmen verbunden`,
    before: [
      `Die Verbindung zu ${customerName} ist beendet, und mit ihr die Einwilligung und jeder Administratorzugriff.`,
      'Ab jetzt können weder Ihre Schlüssel noch Ihre Mitglieder die Gerätedaten dieses Kunden lesen. Ihre anderen Kunden sind nicht betroffen.',
    ],
  }),
  'administrator-access-granted': ({ customerName }) => ({
    subject: `Sie dürfen die Gateways von ${customerName} verwalten`,
    before: [
      `${customerName} hat Ihrem Unternehmen Administratorzugriff gegeben: Ihre Administratoren dürfen die Gateways des Kunden sehen, hinzufügen und entfernen.`,
      'Was sie tun, wird unter ihren eigenen Namen protokolliert, wo der Kunde es sieht. Er kann den Zugriff jederzeit beenden.',
    ],
  }),
  'administrator-access-ended': ({ customerName }) => ({
    subject: `Der Administratorzugriff auf ${customerName} ist beendet`,
    before: [
      `${customerName} hat den Administratorzugriff Ihres Unternehmens beendet. Gateways, die Sie für diesen Kunden hinzugefügt haben, laufen weiter.`,
    ],
  }),
  'coverage-changed': ({ changes }) => {
    const [first] = changes as [(typeof changes)[number]]
    return {
      subject:
        changes.length === 1
          ? `Gerätedaten von ${first.organizationName} sind ${first.covered ? 'wieder' : 'nicht mehr'} lesbar`
          : `Was Sie lesen können, hat sich bei ${numberInWords(changes.length)} Kunden geändert`,
      before: [
        'Ihr Unternehmen und seine Schlüssel lesen Gerätedaten von Kunden, die einwilligen und ein aktives Abonnement haben.',
      ],
      facts: changes.map(({ organizationName, covered, reason, at }) => [
        organizationName,
        `${covered ? 'Lesbar' : 'Nicht lesbar'} seit ${momentInWords(at)}: ${because[reason]}.`,
      ]),
    }
  },
  'coverage-digest': ({ changes, more }) => {
    const count = changes.length + more
    return {
      subject: plural(count, {
        one: 'Was Sie lesen können: eine Änderung',
        other: `Was Sie lesen können: ${numberInWords(count)} Änderungen`,
      }),
      before: [
        'Sie erhalten auf Wunsch einmal täglich eine E-Mail darüber, was sich am Zugriff auf die Gerätedaten Ihrer Kunden ändert. Seit der letzten:',
      ],
      facts: changes.map(({ organizationName, event, at }) => [
        organizationName,
        `${inDigest[event] ?? event}: ${momentInWords(at)}.`,
      ]),
      after: [
        ...(more > 0 ? [plural(more, { one: 'Es gab eine weitere.', other: `Es gab ${numberInWords(more)} weitere.` })] : []),
        'Den Stand jedes Kunden und die Belege seiner Einwilligungen finden Sie unter Kunden. Auf der Seite „Ihr Konto“ können Sie stattdessen wählen, sofort davon zu erfahren.',
      ],
    }
  },
}
