import { z } from 'zod'
import { message } from './message.ts'
import { momentInWords } from './moments.ts'

export const companyClosed = message({
  name: 'company-closed',
  facts: z.object({ company: z.string(), by: z.string(), at: z.string(), days: z.int() }),
  compose: ({ company, by, at, days }) => ({
    subject: `${company} was closed`,
    before: [
      'Its keys, gateways, connections and subscriptions have ended, and nobody signs in for it any more.',
      `Its data and its people’s accounts are deleted after ${days} days. Until then, whoever runs this portal can take it back.`,
    ],
    facts: [
      ['By', by],
      ['When', momentInWords(at)],
    ],
  }),
})
