import type { Translation } from '../messages.ts'
import { momentInWords } from './locale.ts'
import { factsOf, notKnown } from './whose-what.ts'

const disabledBecause = {
  failing: 'Sein Empfänger hat in 5 Tagen, an denen Ereignisse auf ihn warteten, nichts angenommen.',
  gone: 'Sein Empfänger hat mit 410 geantwortet: Es gibt ihn nicht mehr.',
  overflowing: 'Für seinen Empfänger warteten mehr Ereignisse, als warten dürfen: Er ist zu langsam oder nimmt nichts an.',
}

/** About gateways, access tokens and webhooks. */
export const siteMessages: Pick<
  Translation,
  | 'gateway-added'
  | 'gateway-removed'
  | 'gateway-token-replaced'
  | 'access-token-created'
  | 'access-token-deleted'
  | 'webhook-created'
  | 'webhook-failing'
  | 'webhook-disabled'
> = {
  'gateway-added': (facts) => ({
    subject: `Ein Gateway wurde hinzugefügt: ${facts.name}`,
    before: ['Ein neues Gateway Ihres Unternehmens darf ab jetzt Daten senden.'],
    facts: factsOf('Gateway', facts),
    after: [notKnown],
  }),
  'gateway-removed': (facts) => ({
    subject: `Ein Gateway wurde entfernt: ${facts.name}`,
    before: [
      'Ein Gateway Ihres Unternehmens wurde entfernt. Was es sendet, wird ab jetzt abgelehnt; was es gemeldet hat, bleibt.',
    ],
    facts: factsOf('Gateway', facts),
    after: [notKnown],
  }),
  'gateway-token-replaced': (facts) => ({
    subject: `Das Token eines Gateways wurde ersetzt: ${facts.name}`,
    before: [
      'Das bisherige Token wird ab jetzt abgelehnt. Das Gateway hebt auf, was es liest, und sendet es, sobald es das neue Token hat.',
    ],
    facts: factsOf('Gateway', facts),
    after: [notKnown],
  }),
  'access-token-created': (facts) => ({
    subject: `Sie haben ein Zugriffstoken erstellt: ${facts.name}`,
    before: ['Ein Programm mit diesem Token darf in Ihrem Namen tun, was die Rolle des Tokens erlaubt.'],
    facts: factsOf('Zugriffstoken', facts),
    after: [notKnown],
  }),
  'access-token-deleted': (facts) => ({
    subject: `Ihr Zugriffstoken wurde gelöscht: ${facts.name}`,
    before: [
      'Ein Zugriffstoken, das Sie erstellt hatten, wurde gelöscht. Programme, die es verwenden, werden ab jetzt abgelehnt.',
    ],
    facts: factsOf('Zugriffstoken', facts),
    after: [notKnown],
  }),
  'webhook-created': (facts) => ({
    subject: `Ein Webhook wurde hinzugefügt: ${facts.name}`,
    before: ['Ereignisse Ihres Unternehmens werden ab jetzt an einen neuen Empfänger gesendet.'],
    facts: factsOf('Webhook', facts),
    after: [notKnown],
  }),
  'webhook-failing': ({ name, url, failingSince, disabledAt }) => ({
    subject: `Ein Webhook scheitert: ${name}`,
    before: [
      'Sein Empfänger hat nichts angenommen, obwohl seit Tagen Ereignisse auf ihn warten. Die Zustellung wird weiter versucht; ändert sich nichts, wird der Webhook deaktiviert.',
    ],
    facts: [
      ['Webhook', name],
      ['Adresse', url],
      ['Scheitert seit', momentInWords(failingSince)],
      ['Wird deaktiviert', momentInWords(disabledAt)],
    ],
    after: ['Was der Empfänger geantwortet hat, steht unter Verwaltung > Webhooks.'],
  }),
  'webhook-disabled': ({ name, url, reason }) => ({
    subject: `Ein Webhook wurde deaktiviert: ${name}`,
    before: [disabledBecause[reason], 'Ihm wird nichts mehr gesendet.'],
    facts: [
      ['Webhook', name],
      ['Adresse', url],
    ],
    after: [
      reason === 'overflowing'
        ? 'Was gewartet hat, wurde verworfen. Aktivieren Sie ihn unter Verwaltung > Webhooks wieder, sobald der Empfänger Schritt hält: Was er verpasst hat, erfährt er aus den Feeds, nach dem letzten Offset, den er kennt.'
        : 'Aktivieren Sie ihn unter Verwaltung > Webhooks wieder, sobald der Empfänger zurück ist: Was noch wartet, wird dann gesendet, und was gescheitert ist, kann dort erneut gesendet werden.',
    ],
  }),
}
