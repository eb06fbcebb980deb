import { z } from 'zod'
import { role } from './role.ts'
import { instant, line } from './text.ts'

export const accessTokenName = line(100)
export const accessTokenDaysMax = 365

export const accessToken = z
  .object({
    id: z.string(),
    name: z.string(),
    role: role.describe('It may what this role may, and never more than its maker may now.'),
    createdAt: instant,
    createdBy: z.string().optional().describe("The person's name; absent: the installation's command line."),
    expiresAt: instant,
  })
  .meta({ id: 'AccessToken', description: 'Lets a program use this API.' })
export type AccessToken = z.infer<typeof accessToken>
