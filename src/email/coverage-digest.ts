import { z } from 'zod'
import { because } from './coverage-changed.ts'
import { momentInWords, numberInWords } from './locale.ts'
import { message } from './message.ts'

const words: Record<string, string> = {
  ...Object.fromEntries(
    Object.entries(because).map(([reason, sentence]) => [reason, `${sentence[0]?.toUpperCase()}${sentence.slice(1)}`]),
  ),
  consent_given: 'It has allowed access',
  consent_changed: 'It has changed your access',
  consent_withdrawn: 'It has withdrawn access',
  consent_expired: 'Its consent has reached its date',
}

/** Tells a partner's administrator what changed in a day of what can be read. */
export const coverageDigestMail = message({
  name: 'coverage-digest',
  facts: z.object({
    changes: z
      .array(
        z.object({
          organizationName: z.string(),
          /** A reason of the feed of coverage. */
          event: z.string(),
          /** RFC 3339, in UTC. */
          at: z.string(),
        }),
      )
      .min(1),
    /** Changes beyond these. */
    more: z.number(),
  }),
  compose: ({ changes, more }) => {
    const count = changes.length + more
    return {
      subject: count === 1 ? 'One change in what you can read' : `${numberInWords(count)} changes in what you can read`,
      before: [
        'You have chosen one mail a day of what changes in the access to your customers’ device data. Since the last one:',
      ],
      facts: changes.map(({ organizationName, event, at }) => [
        organizationName,
        `${words[event] ?? event}: ${momentInWords(at)}.`,
      ]),
      after: [
        ...(more > 0 ? [`There were ${numberInWords(more)} more.`] : []),
        'How each customer stands, and the receipts of its consents, are under Customers. On the page of your account you choose to be told at once.',
      ],
    }
  },
})
