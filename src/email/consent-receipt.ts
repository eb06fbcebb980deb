import { z } from 'zod'
import { consentEvent } from '../domain/consent-receipt.ts'
import { dataKinds } from '../domain/partnership.ts'
import { consentFacts } from './consent-words.ts'
import { momentInWords } from './locale.ts'
import { message } from './message.ts'

type Event = z.infer<typeof consentEvent>
type Side = 'customer' | 'partner'

const words: Record<Side, Record<Event, (customer: string, partner: string) => { subject: string; says: string }>> = {
  customer: {
    given: (_, partner) => ({
      subject: `Access was allowed: ${partner}`,
      says: `${partner} can read device data of your company from now on, as is said below.`,
    }),
    changed: (_, partner) => ({
      subject: `Access was changed: ${partner}`,
      says: `What ${partner} can read of your company's device data was changed, to what is said below.`,
    }),
    withdrawn: (_, partner) => ({
      subject: `Access was withdrawn: ${partner}`,
      says: `Every request of ${partner} for your company's device data is refused from now on. What it has read before cannot be taken back.`,
    }),
    expired: (_, partner) => ({
      subject: `Access has expired: ${partner}`,
      says: `The date until which ${partner} could read your company's device data has come: every request is refused from then on.`,
    }),
  },
  partner: {
    given: (customer) => ({
      subject: `${customer} has allowed access`,
      says: `Your company can read device data of ${customer} from now on, as is said below.`,
    }),
    changed: (customer) => ({
      subject: `${customer} has changed your access`,
      says: `What your company can read of ${customer}'s device data was changed, to what is said below.`,
    }),
    withdrawn: (customer) => ({
      subject: `${customer} has withdrawn access`,
      says: `Requests for device data of ${customer} are refused from now on.`,
    }),
    expired: (customer) => ({
      subject: `Access to ${customer} has expired`,
      says: `The date until which your company could read device data of ${customer} has come: requests are refused from then on.`,
    }),
  },
}

/** Tells the administrators of either side what became of a consent, and is their receipt of it. */
export const consentReceiptMail = message({
  name: 'consent-receipt',
  facts: z.object({
    side: z.enum(['customer', 'partner']),
    event: consentEvent,
    customer: z.string(),
    partner: z.string(),
    by: z.string().nullable(),
    at: z.string(),
    kinds: dataKinds,
    endsAt: z.string().nullable(),
    textVersion: z.string().nullable(),
    /** What `assent audit verify --head` takes as a file, as JSON text. */
    proof: z.string(),
  }),
  compose: ({ side, event, customer, partner, by, at, kinds, endsAt, textVersion, proof }) => {
    const { subject, says } = words[side][event](customer, partner)
    return {
      subject,
      before: [says, 'Keep this mail, which is your receipt.'],
      facts: [
        ['Customer', customer],
        ['Partner', partner],
        ...consentFacts(kinds, endsAt),
        ...(by === null ? [] : [['By', by] as const]),
        ['When', momentInWords(at)],
        ...(textVersion === null ? [] : [['Version of the words', textVersion] as const]),
      ],
      after: [
        'The receipt in full, to print or to download, is under Administration > Subscriptions for the customer, and under Customers for the partner.',
        'It is signed together with the record of acts up to it. To see later that nothing in the record was changed, save the next line as a file and give it to "assent audit verify --head":',
        proof,
      ],
    }
  },
})
