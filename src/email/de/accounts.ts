import type { Composed, Portal } from '../message.ts'
import type { Translation } from '../messages.ts'
import type { AccountFacts } from '../security-notice.ts'
import { momentInWords } from './locale.ts'

function agentInWords(agent: AccountFacts['agent']): string {
  if (typeof agent === 'string') return agent
  const { browser, system } = agent
  return [browser ?? 'Ein Programm', ...(system === null ? [] : [system])].join(' unter ')
}

/** A notice of an act on one's own account: what happened, when and from where, and what to do if it was somebody else. */
function notice(subject: (portal: Portal) => string, happened: string) {
  return ({ at, agent, address }: AccountFacts, portal: Portal): Composed => ({
    subject: subject(portal),
    before: [happened],
    facts: [
      ['Wann', momentInWords(at)],
      ['Mit', agentInWords(agent)],
      ['Von', address],
    ],
    after: [
      `Wenn Sie das nicht waren, setzen Sie Ihr Passwort unter ${portal.url}/forgot zurück, und informieren Sie einen Administrator Ihres Unternehmens.`,
    ],
  })
}

const administrator = 'Ein Administrator'

/** About one's own account. */
export const accountMessages: Pick<
  Translation,
  | 'verify-address'
  | 'account-exists'
  | 'reset-password'
  | 'confirm-new-address'
  | 'address-changed'
  | 'new-sign-in-place'
  | 'password-changed'
  | 'two-factor-on'
  | 'two-factor-off'
  | 'recovery-codes-renewed'
  | 'passkey-added'
  | 'passkey-removed'
  | 'two-factor-reset'
  | 'sessions-ended'
> = {
  'verify-address': (_, portal) => ({
    subject: `Bestätigen Sie Ihre Adresse für ${portal.name}`,
    before: [
      `Jemand, vermutlich Sie, hat bei ${portal.name} ein Konto für diese Adresse angelegt. Bestätigen Sie mit dem Passwort, das Sie gewählt haben, dass die Adresse Ihnen gehört.`,
    ],
    button: 'Adresse bestätigen',
    after: [
      'Der Link gilt 24 Stunden und funktioniert nur einmal. Wenn Sie sich nicht registriert haben, brauchen Sie nichts zu tun: Ohne diesen Link kann sich niemand anmelden.',
    ],
  }),
  'account-exists': (_, portal) => ({
    subject: `Sie haben schon ein Konto bei ${portal.name}`,
    before: [
      `Jemand, vermutlich Sie, wollte sich bei ${portal.name} mit dieser Adresse registrieren. Mit ihr haben Sie schon ein Konto: Melden Sie sich unter ${portal.url}/sign-in an.`,
    ],
    after: [
      `Wenn Sie Ihr Passwort vergessen haben, setzen Sie es unter ${portal.url}/forgot zurück. Wenn Sie das nicht waren, brauchen Sie nichts zu tun: Ihr Konto ist unverändert.`,
    ],
  }),
  'reset-password': (_, portal) => ({
    subject: `Setzen Sie Ihr Passwort für ${portal.name} zurück`,
    before: [`Jemand, vermutlich Sie, hat für Ihr Konto bei ${portal.name} ein neues Passwort angefordert.`],
    button: 'Neues Passwort wählen',
    after: [
      'Der Link gilt eine Stunde und funktioniert nur einmal. Wenn Sie das nicht waren, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.',
    ],
  }),
  'confirm-new-address': (_, portal) => ({
    subject: `Bestätigen Sie Ihre neue Adresse für ${portal.name}`,
    before: [`Jemand, vermutlich Sie, möchte sich bei ${portal.name} künftig mit dieser Adresse anmelden.`],
    button: 'Diese Adresse verwenden',
    after: ['Der Link gilt 24 Stunden und funktioniert nur einmal. Wenn Sie das nicht waren, brauchen Sie nichts zu tun.'],
  }),
  'address-changed': ({ newAddress }, portal) => ({
    subject: `Ihr Konto bei ${portal.name} hat eine andere Adresse`,
    before: [`Bei ${portal.name} melden Sie sich von jetzt an mit ${newAddress} an. Dorthin gehen auch E-Mails zu Ihrem Konto.`],
    after: ['Wenn Sie das nicht waren, informieren Sie sofort einen Administrator Ihres Unternehmens.'],
  }),
  'new-sign-in-place': notice(
    (portal) => `Neue Anmeldung bei ${portal.name}`,
    'Jemand hat sich mit Ihrem Konto von einem Ort oder mit einem Browser angemeldet, der dafür bisher nicht verwendet wurde.',
  ),
  'password-changed': notice(
    (portal) => `Ihr Passwort für ${portal.name} wurde geändert`,
    'Das Passwort Ihres Kontos wurde geändert. Alle Ihre anderen Sitzungen wurden beendet.',
  ),
  'two-factor-on': notice(
    () => 'Die Zwei-Faktor-Anmeldung ist eingeschaltet',
    'Ihr Konto verlangt bei der Anmeldung jetzt einen Code Ihrer Authenticator-App.',
  ),
  'two-factor-off': notice(
    () => 'Die Zwei-Faktor-Anmeldung ist ausgeschaltet',
    'Ihr Konto verlangt bei der Anmeldung keinen Code einer Authenticator-App mehr.',
  ),
  'recovery-codes-renewed': notice(
    () => 'Ihre Wiederherstellungscodes wurden ersetzt',
    'Für Ihr Konto wurden neue Wiederherstellungscodes erzeugt. Die bisherigen gelten nicht mehr.',
  ),
  'passkey-added': notice(
    () => 'Ihrem Konto wurde ein Passkey hinzugefügt',
    'Ihrem Konto wurde ein Passkey hinzugefügt. Damit ist die Anmeldung ohne Passwort möglich.',
  ),
  'passkey-removed': notice(
    () => 'Ein Passkey Ihres Kontos wurde entfernt',
    'Ein Passkey Ihres Kontos wurde entfernt. Damit ist keine Anmeldung mehr möglich.',
  ),
  'two-factor-reset': ({ by }, portal) => ({
    subject: 'Ihre Zwei-Faktor-Anmeldung wurde zurückgesetzt',
    before: [
      `${by ?? administrator} hat Ihre Zwei-Faktor-Anmeldung bei ${portal.name} zurückgesetzt und Ihre Sitzungen beendet. Melden Sie sich mit Ihrem Passwort an, und richten Sie sie dann neu ein.`,
    ],
    after: ['Wenn Sie nicht darum gebeten haben, informieren Sie einen Administrator Ihres Unternehmens.'],
  }),
  'sessions-ended': ({ by }, portal) => ({
    subject: `Sie wurden bei ${portal.name} abgemeldet`,
    before: [`${by ?? administrator} hat alle Ihre Sitzungen bei ${portal.name} beendet. Sie können sich wieder anmelden.`],
  }),
}
