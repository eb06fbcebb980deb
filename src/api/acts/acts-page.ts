import { z } from 'zod'
import { wholeNumber } from '../../domain/whole-number.ts'

const limitDefault = 100
const limitMax = 1000

/** Where in the record to begin, and how much of it at once. */
export const actsPage = z.object({
  after: wholeNumber(0).default(0).describe('The number of the act after which to begin.'),
  limit: wholeNumber(1, limitMax).default(limitDefault),
})
