import { z } from 'zod'
import { instant, line } from './text.ts'

/** Ten years, and two days for leap years. */
export const licenceDaysMax = 3652

export const licenceKeyText = z.string().trim().max(100).describe('The licence key as it was shown: lk_….')

export const newLicenceKey = z.strictObject({
  days: z.int().min(1).max(licenceDaysMax).describe('How long the period is that it adds.'),
  note: line(200).optional().describe('For the vendor: whom it is meant for, an order’s number.'),
})

export const licenceKey = z
  .object({
    id: z.string(),
    prefix: z.string().describe('How the key begins, to tell keys apart.'),
    days: z.int(),
    note: z.string().optional(),
    state: z.enum(['open', 'redeemed', 'withdrawn']),
    createdAt: instant,
    createdBy: z.string().optional().describe("The person's name."),
    redeemedAt: instant.optional(),
    company: z.object({ id: z.string(), name: z.string() }).optional().describe('Whose subscription it has added to.'),
  })
  .meta({ id: 'LicenceKey', description: 'It adds a paid period to the subscription of one customer, once.' })
export type LicenceKey = z.infer<typeof licenceKey>
