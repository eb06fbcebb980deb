import { z } from 'zod'
import { role } from '../domain/role.ts'
import { message } from './message.ts'
import { roleInWords } from './role-in-words.ts'

const ways = ['invitation', 'set-up link'] as const

/** What somebody has done to join. */
const done: Record<(typeof ways)[number], string> = {
  invitation: 'accepted the invitation',
  'set-up link': 'made an account with a set-up link of whoever runs this portal',
}

/** To the inviter and the administrators, when somebody has joined by an invitation or by a set-up link of the vendor's. */
export const memberJoinedMessage = message({
  name: 'member-joined',
  facts: z.object({ company: z.string(), name: z.string(), email: z.string(), role, by: z.enum(ways).default('invitation') }),
  compose: (facts, portal) => ({
    subject: `${facts.name} has joined ${facts.company}`,
    before: [`${facts.name} has ${done[facts.by]}, and is now a member of ${facts.company} on ${portal.name}.`],
    facts: [
      ['Address', facts.email],
      ['Role', roleInWords[facts.role]],
    ],
    after: ['Administrators can change the role, or remove the member, under Administration > Users.'],
  }),
})
