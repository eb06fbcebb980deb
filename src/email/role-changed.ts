import { z } from 'zod'
import { role } from '../domain/role.ts'
import { message } from './message.ts'
import { roleInWords } from './role-in-words.ts'

/** To a member whose role was changed. */
export const roleChangedMessage = message({
  name: 'role-changed',
  facts: z.object({ company: z.string(), by: z.string().nullable(), role }),
  compose: (facts, portal) => ({
    subject: `Your role at ${facts.company} has changed`,
    before: [
      facts.by === null
        ? `Your role at ${facts.company} on ${portal.name} was changed.`
        : `${facts.by} has changed your role at ${facts.company} on ${portal.name}.`,
    ],
    facts: [['Role now', roleInWords[facts.role]]],
    after: [
      'Your access tokens may not do more than this either. If you did not expect it, ask an administrator of your company.',
    ],
  }),
})
