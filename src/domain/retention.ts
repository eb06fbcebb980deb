import { z } from 'zod'
import { instant } from './text.ts'

/** How long mails are kept, for the vendor to look at: they name people. */
export const mailDays = 30

/** How long deliveries of webhooks are kept, once they are settled. */
export const deliveryDays = 30

/** What is kept for a while, in the order in which it is told. */
export const keptThings = [
  'measurements',
  'chart measurements',
  'states of alarms',
  'deletions',
  'batch ids',
  'accesses',
  'accesses by the minute',
  'mails',
  'webhook deliveries',
  'closed companies',
  'acts',
] as const

export const retention = z
  .object({
    kept: z.array(
      z.object({
        what: z.enum(keptThings),
        hours: z.int().optional().describe('For how long at least. Absent: for good.'),
        count: z
          .int()
          .optional()
          .describe('How many there are. Absent: they are data of devices, or a part of others, and not counted.'),
        oldestAt: instant.optional(),
      }),
    ),
  })
  .meta({ id: 'Retention', description: 'What is kept, for how long.' })
export type Retention = z.infer<typeof retention>

export const limitsNow = z
  .object({
    factor: z.number().describe('Every limit is multiplied by it.'),
    perMinute: z.record(z.string(), z.int()).describe('Each limit in one process, the factor in it.'),
    refusedHours: z.int().describe('How far back refused requests are told.'),
    refused: z
      .array(
        z.object({
          company: z.object({ id: z.string(), name: z.string() }),
          key: z.object({ id: z.string(), name: z.string() }).optional().describe('Absent: people of the company.'),
          requests: z.int(),
          lastAt: instant,
        }),
      )
      .describe('Whose requests for device data were refused with 429, the most first.'),
  })
  .meta({ id: 'Limits', description: 'The limits of requests, and who met them lately.' })
