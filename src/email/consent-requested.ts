import { z } from 'zod'
import { message } from './message.ts'
import { who, whoInWords } from './who.ts'

/** To a customer's administrators, whom its partner asks for consent. */
export const consentRequestedMail = message({
  name: 'consent-requested',
  facts: z.object({
    partner: z.string(),
    by: who,
    contactEmail: z.string().optional(),
  }),
  compose: ({ partner, by, contactEmail }, portal) => ({
    subject: `${partner} asks to read your device data`,
    before: [
      `${partner} is connected to your company at ${portal.name}, and asks you to allow it API access to your device data. Without that it sees your company's name and state, and nothing else.`,
      'You decide, for all or for some kinds of data, and can withdraw at any time: the checkbox is "Allow API access to device data" under Administration > Subscriptions. To refuse, do nothing.',
    ],
    button: 'Look at the checkbox',
    facts: [['Asked by', whoInWords(by)], ...(contactEmail === undefined ? [] : [['Contact', contactEmail] as const])],
  }),
})
