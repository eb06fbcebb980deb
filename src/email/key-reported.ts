import { z } from 'zod'
import { momentInWords } from './locale.ts'
import { message } from './message.ts'

/** To the administrators of a company whose key somebody found and reported. */
export const keyReported = message({
  name: 'key-reported',
  facts: z.object({
    company: z.string(),
    name: z.string(),
    /** How the key begins. */
    prefix: z.string(),
    at: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().optional(),
  }),
  compose: ({ company, name, prefix, at, lastUsedAt }) => ({
    subject: `A key was found and is refused from now on: ${name}`,
    before: [
      'Somebody found this API key of your company, whole, and reported it. It is refused for good, wherever it is used.',
      'Generate a new key for the programs that used it, look for the place where it could be read, and at its last uses.',
    ],
    facts: [
      ['Key', `${name} (${prefix}…)`],
      ['Company', company],
      ['Reported', momentInWords(at)],
      ['Last used', lastUsedAt === undefined ? 'Never' : momentInWords(lastUsedAt)],
    ],
  }),
})
