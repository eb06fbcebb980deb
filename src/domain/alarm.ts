import { z } from 'zod'
import { type Severity, severities } from './batch.ts'
import { instant } from './text.ts'

/** The contract's severities (section 3), the worst first: a device that failed, errs or is critical, one to watch, one of which little is known. */
export const severitiesByWeight = [
  'FAIL',
  'CRITICAL',
  'ERROR',
  'WARNING',
  'UNKNOWN',
  'INITIALIZE',
  'INFO',
  'OK',
] as const satisfies readonly Severity[]

export const acknowledgement = z
  .object({
    at: instant,
    by: z.string().optional().describe("The person's name; absent: erased."),
    assignee: z.object({ personId: z.string(), name: z.string() }).optional().describe('Who sees to it.'),
    note: z.string().optional(),
  })
  .meta({ id: 'Acknowledgement', description: "That somebody of the customer has seen an alarm: the portal's own." })

export const listedAlarm = z
  .object({
    id: z.string(),
    deviceId: z.string(),
    label: z.string(),
    message: z.string(),
    severity: z.enum(severities),
    activatedTime: instant,
    clearedTime: instant.optional().describe('Absent while it is active.'),
    alarmReactivationCount: z.int(),
    device: z
      .object({ label: z.string(), type: z.string(), path: z.array(z.string()).describe('Where it is, from the site down.') })
      .optional()
      .describe('Absent where the inventory is not shared, or the device is not there any more.'),
    acknowledgement: acknowledgement.optional().describe("Of its latest activation; for the customer's own members."),
  })
  .meta({ id: 'ListedAlarm' })
export type ListedAlarm = z.infer<typeof listedAlarm>

export const alarmVersion = listedAlarm
  .pick({ label: true, message: true, severity: true, activatedTime: true, clearedTime: true, alarmReactivationCount: true })
  .extend({ at: instant.describe('When it became known.') })
  .meta({ id: 'AlarmVersion', description: 'A state that an alarm had.' })

export const alarmInFull = z
  .object({
    alarm: listedAlarm,
    versions: z.array(alarmVersion).describe('The newest first; those of the last 90 days, as far as the caller may read them.'),
    acknowledgements: z
      .array(acknowledgement.extend({ withdrawn: z.boolean() }))
      .describe("The newest first; for the customer's own members."),
  })
  .meta({ id: 'AlarmInFull' })
export type AlarmInFull = z.infer<typeof alarmInFull>
