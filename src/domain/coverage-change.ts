import { z } from 'zod'
import { instant } from './text.ts'

export const coverageChanges = [
  'connected',
  'disconnected',
  'consent given',
  'consent ended',
  'subscription started',
  'subscription ended',
] as const

export const coverageChange = z
  .object({ organizationId: z.string(), label: z.string(), at: instant, change: z.enum(coverageChanges) })
  .meta({ id: 'CoverageChange', description: 'What made a customer valid for its partner, or not valid.' })
export type CoverageChange = z.infer<typeof coverageChange>
