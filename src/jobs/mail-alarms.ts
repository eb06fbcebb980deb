import type { Context } from '../context.ts'
import { severitiesByWeight } from '../domain/alarm.ts'
import { stopToken } from '../domain/alarm-mails.ts'
import type { Severity } from '../domain/batch.ts'
import { alarmsMail } from '../email/alarms.ts'
import { queueMail } from '../mail.ts'
import { membersToTell, noteAlarmNews, type ToldAlarm, type ToldMember, tellAgainIn, tellMember } from '../store/alarm-news.ts'
import type { Db } from '../store/database.ts'
import type { DueJob } from './due-work.ts'

const everyMs = 1000
/** A person gets at most one mail in so long: what comes meanwhile is gathered. */
const gatherMs = 5 * 60_000
/** A member whose mail could not be written is tried again after so long. */
const afterFailureMs = 60_000
/** Alarms that one mail lists. */
const listedMax = 20
/** A mail that could not be sent for so long comes too late. */
const goodForMs = 60 * 60_000

/**
 * Tells members of alarms by mail, as they chose: made of the feeds with news from a position on, and what a member may
 * know is asked when the mail is written.
 */
export function mailingAlarms(context: Context): DueJob {
  const work = async () => {
    const more = await noteAlarmNews(context.db.system)
    for (const member of await membersToTell(context.db.system)) {
      // One member's failure is not the others': it goes behind them.
      await tellMember(context.db, member, gatherMs, (tx, ...told) => mailAlarms(context, tx, ...told)).catch(
        (error: unknown) => {
          context.log.error({ err: error, job: 'alarm mails', member }, 'a job failed')
          return tellAgainIn(context.db.system, member, afterFailureMs)
        },
      )
    }
    return more
  }
  return { name: 'alarm mails', due: 'alarmMails', everyMs, work }
}

interface AlarmJson {
  label: string
  message: string
  severity: Severity
  activatedTime: string
  clearedTime?: string
}

async function mailAlarms(context: Context, tx: Db, member: ToldMember, found: ToldAlarm[], total: number): Promise<void> {
  const alarms = found.map(({ organization, json, device, path }) => {
    const { label, message, severity, activatedTime, clearedTime } = JSON.parse(json) as AlarmJson
    return {
      ...(member.companyKind === 'customer' ? {} : { organization }),
      ...{ label, message, severity, activatedTime },
      ...(clearedTime === undefined ? {} : { clearedTime }),
      ...(device === null ? {} : { device }),
      ...(path === null ? {} : { path }),
    }
  })
  const weight = (alarm: (typeof alarms)[number]) =>
    severitiesByWeight.indexOf(alarm.severity) + (alarm.clearedTime === undefined ? 0 : severitiesByWeight.length)
  alarms.sort((one, other) => weight(one) - weight(other))
  await queueMail(context, tx, alarmsMail, {
    companyId: member.companyId,
    recipient: member.email,
    facts: { alarms: alarms.slice(0, listedMax), total, shared: sharedBy(found, member) },
    link: {
      url: `${context.config.url}/stop-alarm-mails#${stopToken(member.memberId, context.secrets)}`,
      expiresAt: new Date(context.clock.now().getTime() + goodForMs).toISOString(),
    },
  })
}

/** What must still be shared, and with whom, when the mail is sent. */
function sharedBy(found: readonly ToldAlarm[], { memberId }: ToldMember) {
  const organizations = new Map<string, boolean>()
  for (const { organizationId, device, path } of found) {
    organizations.set(organizationId, organizations.get(organizationId) === true || device !== null || path !== null)
  }
  return { memberId, organizations: [...organizations].map(([id, inventory]) => ({ id, inventory })) }
}
