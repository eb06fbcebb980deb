import { z } from 'zod'
import { momentInWords } from './locale.ts'
import { message } from './message.ts'

/** To administrators, where the vendor requires their approval of what other members invite. */
export const invitationApprovalMessage = message({
  name: 'invitation-approval',
  facts: z.object({ company: z.string(), inviter: z.string().nullable(), email: z.string(), until: z.iso.datetime() }),
  compose: ({ company, inviter, email, until }, portal) => ({
    subject: `An invitation to ${company} awaits approval`,
    before: [
      `${inviter ?? 'A program'} wants to invite ${email} to ${company} on ${portal.name}.`,
      'Nothing is mailed to this address before an administrator approves it, under Administration > Users.',
    ],
    facts: [['Waits until', momentInWords(until)]],
  }),
})
