import { message } from './message.ts'
import { factsOf, notKnown, whoseWhat } from './whose-what.ts'

export const webhookCreatedMail = message({
  name: 'webhook-created',
  facts: whoseWhat,
  compose: (facts) => ({
    subject: `A webhook was added: ${facts.name}`,
    before: ['Events of your company are sent to a new receiver from now on.'],
    facts: factsOf('Webhook', facts),
    after: [notKnown],
  }),
})
