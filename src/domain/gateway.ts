import { z } from 'zod'
import { instant, line } from './text.ts'

export const gatewayName = line(100)

/** A gateway polls every 5 minutes: one that was not heard of for longer than this is silent. */
export const silentAfterMinutes = 15

export const gateway = z
  .object({
    id: z.string(),
    name: z.string(),
    createdAt: instant,
    lastContactAt: instant.optional(),
    silent: z.boolean().describe(`Whether it was not heard of for ${silentAfterMinutes} minutes, or never.`),
    version: z.string().optional(),
    waitingBytes: z
      .int()
      .optional()
      .describe('What lay on its disk, still to be sent, when it was last heard of. Absent: it does not say.'),
    devices: z.int().optional().describe('How many devices it reports now. Absent: the caller may not read the inventory.'),
  })
  .meta({ id: 'Gateway', description: "Software at the customer's site that sends its devices' data in." })
export type Gateway = z.infer<typeof gateway>
