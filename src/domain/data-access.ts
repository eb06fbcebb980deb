import { z } from 'zod'
import { instant } from './text.ts'

/** What accesses have in common that are counted together. */
export interface DataAccess {
  /** Whose data were asked for, as the request named it; null: no organization's. */
  organizationId: string | null
  /** Who asked: a company's key, or a person who is its member. */
  companyId: string
  readerKind: 'key' | 'person'
  readerId: string
  operation: string
  status: number
  address: string
}

/** How much it was. Bytes are those of bodies, as they are sent. */
export interface AccessAmount {
  requests: number
  objects: number
  bytes: number
  lines: number
}

export const accessOutcomes = ['read', 'refused', 'failed'] as const
export type AccessOutcome = (typeof accessOutcomes)[number]

const amount = {
  requests: z.int().describe('How many began then. A stream begins once, and delivers on.'),
  objects: z.int().describe('Devices, locations, alarms, sensors and the like that were sent.'),
  bytes: z.int().describe('Of bodies, as they were sent.'),
  lines: z.int().describe('Of measurements that were sent.'),
}

export const accessReader = z
  .object({
    companyId: z.string(),
    companyName: z.string().describe('As it was then.'),
    kind: z.enum(['key', 'person']),
    id: z.string(),
    name: z.string().optional().describe("The key's, as it was then, or the person's. Absent: it is not known any more."),
  })
  .meta({ id: 'AccessReader', description: 'Who read.' })
export type AccessReader = z.infer<typeof accessReader>

export const readAccess = z
  .object({
    minute: instant,
    reader: accessReader,
    operation: z.string().describe('The operationId. "others": more at once than could be told apart.'),
    status: z.int().describe('The HTTP status that was answered.'),
    address: z.string().describe('From where. Empty: not told apart, or erased.'),
    firstAt: instant,
    lastAt: instant,
    ...amount,
  })
  .meta({ id: 'ReadAccess', description: 'Accesses of one minute that are alike in who, what, how they ended and from where.' })
export type ReadAccess = z.infer<typeof readAccess>

export const accessSum = z
  .object({
    from: instant.describe('Where the hour or day begins.'),
    reader: accessReader,
    refused: z.int().describe('How many of the requests were refused (403).'),
    failed: z.int().describe('How many of the requests ended in another error.'),
    firstAt: instant,
    lastAt: instant,
    ...amount,
  })
  .meta({ id: 'AccessSum', description: "One reader's accesses of an hour or a day." })
export type AccessSum = z.infer<typeof accessSum>

export const accessGap = z.object({ from: instant, to: instant.optional().describe('Absent: it lasts.') }).meta({
  id: 'AccessGap',
  description: 'A time of which accesses may be missing: a server broke off before it had written its last second.',
})
export type AccessGap = z.infer<typeof accessGap>
