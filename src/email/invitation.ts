import { z } from 'zod'
import { momentInWords } from './locale.ts'
import { message } from './message.ts'

/** To whom was invited to join a company as a co-worker. Its link is the invitation's. */
export const invitationMessage = message({
  name: 'invitation',
  facts: z.object({ company: z.string(), inviter: z.string().nullable(), email: z.string(), until: z.iso.datetime() }),
  compose: ({ company, inviter, email, until }, portal) => ({
    subject: `Join ${company} on ${portal.name}`,
    before: [
      inviter === null
        ? `${company} invites you to join it on ${portal.name}.`
        : `${inviter} invites you to join ${company} on ${portal.name}.`,
    ],
    button: `Join ${company}`,
    facts: [
      ['For', email],
      ['Good until', momentInWords(until)],
    ],
    after: ['The link works once, for this address only. If you do not know who sent it, ignore this mail: nothing happens.'],
  }),
})
