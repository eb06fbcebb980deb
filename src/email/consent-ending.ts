import { z } from 'zod'
import { dataKinds } from '../domain/partnership.ts'
import { consentFacts } from './consent-words.ts'
import { message } from './message.ts'

/** Tells the administrators of either side that the date of a consent comes. */
export const consentEndingMail = message({
  name: 'consent-ending',
  facts: z.object({
    side: z.enum(['customer', 'partner']),
    customer: z.string(),
    partner: z.string(),
    /** 30, 7 or 1. */
    days: z.int(),
    kinds: dataKinds,
    endsAt: z.string(),
  }),
  compose: ({ side, customer, partner, days, kinds, endsAt }) => {
    const when = days === 1 ? 'within a day' : `in ${days} days`
    return {
      ...(side === 'customer'
        ? {
            subject: `Access of ${partner} ends ${when}`,
            before: [
              `Your company has let ${partner} read device data until a date, which comes ${when}. From then on every request is refused.`,
              'If it is to go on, change the date under Administration > Subscriptions. If not, there is nothing to do.',
            ],
          }
        : {
            subject: `Access to ${customer} ends ${when}`,
            before: [
              `${customer} has let your company read device data until a date, which comes ${when}. From then on requests are refused.`,
              'If it is to go on, ask an administrator of the customer to change the date.',
            ],
          }),
      facts: [['Customer', customer], ['Partner', partner], ...consentFacts(kinds, endsAt)],
    }
  },
})
