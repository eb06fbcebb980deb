import { z } from 'zod'
import { message } from './message.ts'

/** Tells a partner that a customer is no longer connected to it. */
export const partnerRemovedMail = message({
  name: 'partner-removed',
  facts: z.object({ customerName: z.string() }),
  compose: ({ customerName }) => ({
    subject: `${customerName} is no longer connected to your company`,
    before: [
      `The connection to ${customerName} has ended, and with it its consent and any administrator access.`,
      'From that moment your keys and your people cannot read its device data. Your other customers are not touched.',
    ],
  }),
})
