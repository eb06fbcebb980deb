import { z } from 'zod'
import { role } from '../domain/role.ts'
import { message } from './message.ts'
import { roleInWords } from './role-in-words.ts'

/** To the inviter and the administrators, when somebody has joined by an invitation. */
export const memberJoinedMessage = message({
  name: 'member-joined',
  facts: z.object({ company: z.string(), name: z.string(), email: z.string(), role }),
  compose: (facts, portal) => ({
    subject: `${facts.name} has joined ${facts.company}`,
    before: [`${facts.name} has accepted the invitation, and is now a member of ${facts.company} on ${portal.name}.`],
    facts: [
      ['Address', facts.email],
      ['Role', roleInWords[facts.role]],
    ],
    after: ['Administrators can change the role, or remove the member, under Administration > Users.'],
  }),
})
