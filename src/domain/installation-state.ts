import { z } from 'zod'
import { silentAfterMinutes } from './gateway.ts'

const moment = z.iso.datetime({ offset: true })

export const installationState = z
  .object({
    version: z.string(),
    database: z.enum(['embedded', 'PostgreSQL']),
    databaseBytes: z.int(),
    url: z.string().describe('The base of every link.'),
    startedAt: moment.describe('When the process that answers began.'),
    settings: z.object({
      rateLimitFactor: z.number().describe('Every limit of requests is multiplied by it.'),
      measurementHours: z.int().describe('For how long measurements are kept to be replayed.'),
      metricsPort: z.int().describe('Where /metrics is served; 0: nowhere.'),
      trustedProxies: z.array(z.string()),
    }),
    companies: z.object({ partners: z.int(), customers: z.int(), validCustomers: z.int() }),
    gateways: z.object({
      all: z.int(),
      silent: z.int().describe(`Those not heard of for ${silentAfterMinutes} minutes, or since they were added.`),
    }),
    mail: z.object({
      sends: z.boolean().describe('Whether a mail server is configured. Without one mails are kept.'),
      waiting: z.int(),
      givenUp: z.int().describe('Of the last 30 days.'),
    }),
    rolledUpUntil: moment.optional().describe('Until when charts have all measurements, where some wait; absent: none does.'),
    jobs: z.array(
      z.object({
        job: z.string(),
        everyMs: z
          .int()
          .optional()
          .describe('How long it waits after a run; where nothing is left to do, for those that go on at once else.'),
        beganAt: moment,
        succeededAt: moment.optional(),
        failedAt: moment.optional(),
        failuresInRow: z.int().describe('How often it has failed since it last succeeded.'),
      }),
    ),
    record: z.object({
      acts: z.int(),
      signedUntil: z.int().optional().describe('Up to which act the record was last signed.'),
      signedAt: moment.optional(),
    }),
  })
  .meta({ id: 'InstallationState', description: 'How the installation fares.' })
