import { z } from 'zod'
import { customerReasons } from './partnership.ts'
import { instant, line } from './text.ts'

export const keyKind = z.enum(['demo', 'all', 'specific', 'own'])
export type KeyKind = z.infer<typeof keyKind>

export const keyName = line(100)

/** For how long a key may go on beside the one that replaces it. */
export const overlapDaysMax = 7

/** Bound of the set of a key for specific customers. */
export const keyOrganizationsMax = 10_000

export const keyReasons = [
  'key reported',
  'key disabled',
  'key expired',
  "not in the key's set",
  'not connected',
  ...customerReasons,
] as const

const keyOrganization = z
  .object({
    organizationId: z.string(),
    label: z.string(),
    covered: z.boolean(),
    reasons: z.array(z.enum(keyReasons)).describe('Why this key does not cover it; empty: it does.'),
  })
  .meta({ id: 'KeyOrganization' })
export type KeyOrganization = z.infer<typeof keyOrganization>

const otherKey = z.object({ id: z.string(), name: z.string() })

export const key = z
  .object({
    id: z.string(),
    kind: keyKind,
    name: z.string(),
    prefix: z.string().describe('How the key begins, to tell keys apart.'),
    enabled: z.boolean(),
    valid: z.boolean().describe('Whether it authenticates now.'),
    createdAt: instant,
    createdBy: z.string().optional().describe("The person's name."),
    expiresAt: instant.optional(),
    networks: z.array(z.string()).optional().describe('The only networks from which it is accepted; absent: any.'),
    reportedAt: instant.optional().describe('When somebody reported to have found it: it is never accepted again.'),
    replaces: otherKey.optional().describe('The key that it was made to replace.'),
    replacedBy: otherKey.optional().describe('The key that was made to replace it.'),
    lastUsedAt: instant.optional().describe('At most 10 s behind.'),
    lastUsedAddress: z.string().optional(),
    covered: z.int().describe('How many organizations it covers now.'),
    chosen: z
      .int()
      .optional()
      .describe('Of a key for specific customers: for how many it was made. It covers those of them that are valid.'),
    limits: z
      .object({
        requestsPerMinute: z
          .int()
          .describe("Of all of the company's keys of this sort together; it grows with the customers covered."),
        listsPerMinute: z.int().describe('Of one organization.'),
        changesPerMinute: z.int().describe('Of one organization.'),
        devicesPerMinute: z.int().describe('Of one organization.'),
        streams: z.int().describe('Open at once.'),
      })
      .optional()
      .describe('In getKey alone: what the server takes of it. In memory of one process.'),
    organizations: z
      .array(keyOrganization)
      .optional()
      .describe(
        "In getKey alone: the organizations that it might cover, each with why it does not. A partner's: those connected to it.",
      ),
  })
  .meta({ id: 'Key', description: 'A key of the device-data API.' })
export type Key = z.infer<typeof key>
