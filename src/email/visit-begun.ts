import { z } from 'zod'
import { momentInWords } from './locale.ts'
import { message } from './message.ts'
import { who, whoInWords } from './who.ts'

/** Tells a company that the vendor views its portal. */
export const visitBegunMail = message({
  name: 'visit-begun',
  facts: z.object({ company: z.string(), by: who, reason: z.string(), until: z.string() }),
  compose: ({ company, by, reason, until }, portal) => ({
    subject: `${portal.name} support views the portal of ${company}`,
    before: [
      `Somebody of the company that runs ${portal.name} views your pages: members, keys, subscriptions, consents, gateways, webhooks, access history and activity.`,
      'They can change nothing, and see no secret and no device data. Administration > Activity says when it began and ended.',
    ],
    facts: [
      ['By', whoInWords(by)],
      ['Reason', reason],
      ['At the latest until', momentInWords(until)],
    ],
    after: ['An administrator of your company can end it, and forbid further ones, under Administration > Company data.'],
  }),
})
