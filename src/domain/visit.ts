import { z } from 'zod'
import { instant, line } from './text.ts'

export const visitMinutesMax = 60
export const visitReason = line(500)

export const visit = z
  .object({
    company: z.object({ id: z.string(), name: z.string() }).describe('The company that is viewed.'),
    reason: z.string(),
    expiresAt: instant.describe('When it ends by itself.'),
  })
  .meta({ id: 'Visit', description: "A session of the vendor that views a company's portal, to read alone." })
export type Visit = z.infer<typeof visit>

export const visitSettings = z
  .object({ allowed: z.boolean().describe('Whether the vendor may view the portal of the company. On by default.') })
  .meta({ id: 'VisitSettings' })
