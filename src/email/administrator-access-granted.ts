import { z } from 'zod'
import { message } from './message.ts'

/** Tells a partner that its administrators may act for a customer. */
export const administratorAccessGrantedMail = message({
  name: 'administrator-access-granted',
  facts: z.object({ customerName: z.string() }),
  compose: ({ customerName }) => ({
    subject: `You may manage the gateways of ${customerName}`,
    before: [
      `${customerName} has granted administrator access to your company: its administrators may list, add and remove its gateways.`,
      'What they do is recorded under their own names, where the customer sees it. It can end the access at any time.',
    ],
  }),
})
