import { z } from 'zod'
import { momentInWords, numberInWords } from './locale.ts'
import { message } from './message.ts'

const severities = {
  ...{ FAIL: 'Failed', CRITICAL: 'Critical', ERROR: 'Error', WARNING: 'Warning', UNKNOWN: 'Unknown', INITIALIZE: 'Starting' },
  ...{ INFO: 'Information', OK: 'OK' },
} as const

const alarm = z.object({
  /** Absent: of the reader's own company. */
  organization: z.string().optional(),
  label: z.string(),
  message: z.string(),
  severity: z.enum(Object.keys(severities) as [keyof typeof severities]),
  device: z.string().optional(),
  /** From the top down. */
  path: z.array(z.string()).optional(),
  activatedTime: z.string(),
  clearedTime: z.string().optional(),
})
export type Alarm = z.infer<typeof alarm>

const subjectMax = 110

/** To one member, of the alarms that it chose to be told: several in one mail, the worst first. `total`: with those that are not listed. */
export const alarmsMail = message({
  name: 'alarms',
  facts: z.object({
    alarms: z.array(alarm).min(1),
    total: z.int(),
    /** The member to whom these organizations' alarms, and inventory, must still be open when the mail is sent (store/mails.ts). */
    shared: z.object({ memberId: z.string(), organizations: z.array(z.object({ id: z.string(), inventory: z.boolean() })) }),
  }),
  compose: ({ alarms, total }, { url }) => {
    const [first] = alarms as [Alarm]
    const place = placeOf(first)
    const where = place === '' ? '' : ` at ${place}`
    return {
      subject: shortened(
        total === 1
          ? `${stateOf(first)}: ${first.label}${where}`
          : `${numberInWords(total)} alarms, first ${first.label}${where}`,
      ),
      before: [total === 1 ? 'An alarm that you chose to be told of.' : 'Alarms that you chose to be told of, the worst first.'],
      page:
        first.organization === undefined ? ['Open your alarms', `${url}/alarms`] : ['Open your customers', `${url}/customers`],
      facts: alarms.map((one) => [stateOf(one), inOneLine(one, timesOf(one))]),
      after: [
        ...(total > alarms.length ? [`And ${numberInWords(total - alarms.length)} more, which the portal lists.`] : []),
        'For five minutes after a mail further alarms are gathered for the next one.',
      ],
      stop: 'You get these mails because you chose to under Alarms. To stop them, open this address',
    }
  },
  ofDeviceData: true,
})

function stateOf({ severity, clearedTime }: Alarm): string {
  return clearedTime === undefined ? severities[severity] : 'Cleared'
}

/** A subject that mail programs show whole. */
export function shortened(subject: string): string {
  return subject.length <= subjectMax ? subject : `${subject.slice(0, subjectMax - 1).trimEnd()}…`
}

/** Where the device is, nearest first, as far as it is shared. */
export function placeOf({ device, organization, path = [] }: Alarm): string {
  return [device, path.at(-1), organization].filter((part) => part !== undefined).join(', ')
}

function timesOf({ activatedTime, clearedTime }: Alarm): string {
  return `${momentInWords(activatedTime)}${clearedTime === undefined ? '' : `, cleared ${momentInWords(clearedTime)}`}`
}

/** An alarm as it was reported, with its place from the top down, and these words of when it was. */
export function inOneLine(one: Alarm, times: string): string {
  const place = [one.organization, ...(one.path ?? []), one.device].filter((part) => part !== undefined).join(' › ')
  return [one.label, one.message === one.label ? '' : one.message, place, times].filter((part) => part !== '').join(' · ')
}
