import { z } from 'zod'

const limitDefault = 100
const limitMax = 1000

/** Where in the record to begin, and how much of it at once. */
export const actsPage = z.object({
  after: z.coerce.number().int().min(0).default(0).describe('The number of the act after which to begin.'),
  limit: z.coerce.number().int().min(1).max(limitMax).default(limitDefault),
})
