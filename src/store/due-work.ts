import sql, { raw } from 'sql-template-tag'
import { alarmKinds, deviceKinds } from '../domain/webhook.ts'
import type { Db } from './database.ts'

/** Which work there may be to do. `false`: there is none for anybody. */
export interface DueWork {
  mails: boolean
  /** Time alone has changed what is covered. */
  coverage: boolean
  coverageEvents: boolean
  /** There are changes in feeds, and somebody who would hear of some. */
  feedEvents: boolean
  alarmMails: boolean
  deliveries: boolean
}

/** As the index of such webhooks has them (0045-webhooks-of-feeds.sql): in the statement's text, since the planner must know them to use it. */
const feedKinds = raw(`'{${[...alarmKinds, ...deviceKinds].join(',')}}'`)

/** Asks for all of it in one statement, which looks into an index for what may be much. */
export async function dueWork(db: Db): Promise<DueWork> {
  const [due] = await db.rows<DueWork>(sql`
    select exists (select from mail where next_attempt_at <= statement_timestamp()) as "mails",
           exists (select from coverage_change where next_at <= statement_timestamp()) as "coverage",
           exists (select from coverage_head where head > told and (next_at is null or next_at <= statement_timestamp())) as "coverageEvents",
           exists (select from webhook where enabled and kinds && ${feedKinds})
           and coalesce((select due_at from feed_news where teller = 'webhooks' order by due_at limit 1) <= statement_timestamp(), false) as "feedEvents",
           exists (select from alarm_mail) as "alarmMails",
           exists (select from webhook_queue
                    where next_at <= statement_timestamp() and (claimed_until is null or claimed_until <= statement_timestamp()))
           or exists (select from webhook_queue
                       where notices_at <= statement_timestamp() and (notices_claimed_until is null or notices_claimed_until <= statement_timestamp()))
           as "deliveries"`)
  return due as DueWork
}
