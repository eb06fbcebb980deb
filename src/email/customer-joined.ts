import { z } from 'zod'
import { message } from './message.ts'

/** Tells a partner that an organization that it invited has joined. */
export const customerJoinedMail = message({
  name: 'customer-joined',
  facts: z.object({ organizationName: z.string() }),
  compose: ({ organizationName }, portal) => ({
    subject: `${organizationName} has joined ${portal.name}`,
    before: [
      `${organizationName} has accepted your invitation, and stands among your customers now.`,
      'Its device data can be read once it allows that. Its trial starts by itself with the first data of its first gateway.',
    ],
  }),
})
