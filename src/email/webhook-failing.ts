import { z } from 'zod'
import { momentInWords } from './locale.ts'
import { message } from './message.ts'

/** `url`: its server alone, since the vendor reads mails, and what stands behind it is often what opens the receiver. */
const facts = z.object({ name: z.string(), url: z.string() })

/** Warns of a webhook that fails, before it is disabled. */
export const webhookFailingMail = message({
  name: 'webhook-failing',
  facts: facts.extend({
    /** RFC 3339, in UTC. */
    failingSince: z.string(),
    disabledAt: z.string(),
  }),
  compose: ({ name, url, failingSince, disabledAt }) => ({
    subject: `A webhook fails: ${name}`,
    before: [
      'Its receiver has taken nothing for days in which events waited for it. What waits is tried again, and the webhook is disabled if that goes on.',
    ],
    facts: [
      ['Webhook', name],
      ['Address', url],
      ['Failing since', momentInWords(failingSince)],
      ['Disabled at', momentInWords(disabledAt)],
    ],
    after: ['Administration > Webhooks shows what the receiver answered.'],
  }),
})

const because = {
  failing: 'Its receiver has taken nothing in 5 days in which events waited for it.',
  gone: 'Its receiver answered 410, which says that it is gone.',
  overflowing: 'More events waited for its receiver than may wait: it is too slow, or takes nothing.',
}

/** Tells that a webhook was disabled, since its receiver failed for too long, is gone, or too much waited for it. */
export const webhookDisabledMail = message({
  name: 'webhook-disabled',
  facts: facts.extend({ reason: z.enum(['failing', 'gone', 'overflowing']) }),
  compose: ({ name, url, reason }) => ({
    subject: `A webhook was disabled: ${name}`,
    before: [because[reason], 'Nothing is sent to it any more.'],
    facts: [
      ['Webhook', name],
      ['Address', url],
    ],
    after: [
      reason === 'overflowing'
        ? 'What waited is thrown away. Enable it again in Administration > Webhooks once the receiver keeps up: it learns what it missed from the feeds, after the last offset that it knows.'
        : 'Enable it again in Administration > Webhooks once the receiver is back: what still waits is sent then, and what failed can be sent again there.',
    ],
  }),
})
