import { z } from 'zod'
import { message } from './message.ts'

/** Tells a partner that a customer is connected to it. */
export const partnerConnectedMail = message({
  name: 'partner-connected',
  facts: z.object({ customerName: z.string() }),
  compose: ({ customerName }) => ({
    subject: `${customerName} is connected to your company`,
    before: [
      `${customerName} stands among your customers now.`,
      'You see its name, and whether its device data can be read: that takes its consent and an active subscription.',
    ],
  }),
})
