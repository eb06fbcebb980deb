import { z } from 'zod'
import { momentInWords } from './locale.ts'
import { message } from './message.ts'

/** To administrators, some days before a key of their company ends. */
export const keyExpires = message({
  name: 'key-expires',
  facts: z.object({
    company: z.string(),
    id: z.string(),
    name: z.string(),
    expiresAt: z.iso.datetime(),
    days: z.int().describe('Whole days to its end when this was written, rounded up.'),
  }),
  compose: ({ company, name, expiresAt, days }) => ({
    subject: `A key expires ${days <= 1 ? 'within a day' : `in ${days} days`}: ${name}`,
    before: [
      'Programs that use this API key are refused from then on. Its end cannot be moved: generate a new key under Administration > API, and give it to them before.',
    ],
    facts: [
      ['Key', name],
      ['Company', company],
      ['Expires', momentInWords(expiresAt)],
    ],
  }),
})
