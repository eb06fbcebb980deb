import { z } from 'zod'
import { instant, line } from './text.ts'

export const gatewayName = line(100)

export const gateway = z
  .object({
    id: z.string(),
    name: z.string(),
    createdAt: instant,
    lastContactAt: instant.optional(),
    version: z.string().optional(),
    devices: z.int().optional().describe('How many devices it reports now. Absent: the caller may not read the inventory.'),
  })
  .meta({ id: 'Gateway', description: "Software at the customer's site that sends its devices' data in." })
export type Gateway = z.infer<typeof gateway>
