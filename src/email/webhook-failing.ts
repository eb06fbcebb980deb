import { z } from 'zod'
import { message } from './message.ts'
import { momentInWords } from './moments.ts'

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
      'Its receiver has taken nothing for days. What waits for it is tried again, and the webhook is disabled if that goes on.',
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

/** Tells that a webhook was disabled, since its receiver failed for too long or is gone. */
export const webhookDisabledMail = message({
  name: 'webhook-disabled',
  facts: facts.extend({ reason: z.enum(['failing', 'gone']) }),
  compose: ({ name, url, reason }) => ({
    subject: `A webhook was disabled: ${name}`,
    before: [
      reason === 'gone'
        ? 'Its receiver answered 410, which says that it is gone. Nothing is sent to it any more.'
        : 'Its receiver has taken nothing for 5 days. Nothing is sent to it any more.',
    ],
    facts: [
      ['Webhook', name],
      ['Address', url],
    ],
    after: [
      'Enable it again in Administration > Webhooks once the receiver is back. What was not delivered can be sent again there.',
    ],
  }),
})
