import { z } from 'zod'
import { momentInWords } from './locale.ts'
import { message } from './message.ts'

/** The reasons that no other mail tells, in words. */
export const because = {
  subscription_started: 'its subscription has begun',
  subscription_ended: 'its subscription has ended',
  suspended: 'it is suspended',
  resumed: 'it is no longer suspended',
}

/** Tells a partner which customers' data can be read from now on, or no longer, by something else than consent. */
export const coverageChangedMail = message({
  name: 'coverage-changed',
  facts: z.object({
    changes: z
      .array(
        z.object({
          organizationName: z.string(),
          covered: z.boolean(),
          reason: z.enum(['subscription_started', 'subscription_ended', 'suspended', 'resumed']),
          /** RFC 3339, in UTC. */
          at: z.string(),
        }),
      )
      .min(1),
  }),
  compose: ({ changes }) => {
    const [first] = changes as [(typeof changes)[number]]
    const one = changes.length === 1
    return {
      subject: one
        ? `Device data of ${first.organizationName} can ${first.covered ? 'be read again' : 'no longer be read'}`
        : `What you can read has changed for ${changes.length} customers`,
      before: ['Your company and its keys read device data of customers that consent and have an active subscription.'],
      facts: changes.map(({ organizationName, covered, reason, at }) => [
        organizationName,
        `${covered ? 'Can be read' : 'Cannot be read'} since ${momentInWords(at)}: ${because[reason]}.`,
      ]),
    }
  },
})
