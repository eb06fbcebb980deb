import { z } from 'zod'
import { message } from './message.ts'

/** To a person who was removed from a company. */
export const memberRemovedMessage = message({
  name: 'member-removed',
  facts: z.object({ company: z.string(), by: z.string().nullable() }),
  compose: ({ company, by }, portal) => ({
    subject: `You no longer belong to ${company}`,
    before: [
      by === null
        ? `You were removed from ${company} on ${portal.name}.`
        : `${by} has removed you from ${company} on ${portal.name}.`,
      'Your sessions and your access tokens have ended. Your account stays: with it you can accept an invitation of another company.',
    ],
    after: ['If you did not expect this, ask an administrator of the company.'],
  }),
})
