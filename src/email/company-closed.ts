import { z } from 'zod'
import { momentInWords } from './locale.ts'
import { message } from './message.ts'
import { who, whoInWords } from './who.ts'

export const companyClosed = message({
  name: 'company-closed',
  facts: z.object({ company: z.string(), by: who, at: z.string(), days: z.int() }),
  compose: ({ company, by, at, days }) => ({
    subject: `${company} was closed`,
    before: [
      'Its keys, gateways, connections and subscriptions have ended, and nobody signs in for it any more.',
      `Its data and its people’s accounts are deleted after ${days} days. Until then, whoever runs this portal can take it back.`,
    ],
    facts: [
      ['By', whoInWords(by)],
      ['When', momentInWords(at)],
    ],
  }),
})
