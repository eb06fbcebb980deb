import { z } from 'zod'
import { role } from './role.ts'
import { instant } from './text.ts'

export const member = z
  .object({ id: z.string(), personId: z.string(), name: z.string(), email: z.string(), role, joinedAt: instant })
  .meta({ id: 'Member', description: 'A person who belongs to a company.' })
export type Member = z.infer<typeof member>
