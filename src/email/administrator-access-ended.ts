import { z } from 'zod'
import { message } from './message.ts'

/** Tells a partner that its administrators may no longer act for a customer. */
export const administratorAccessEndedMail = message({
  name: 'administrator-access-ended',
  facts: z.object({ customerName: z.string() }),
  compose: ({ customerName }) => ({
    subject: `Administrator access to ${customerName} has ended`,
    before: [
      `${customerName} has ended the administrator access of your company. Gateways that you added for it go on as they are.`,
    ],
  }),
})
