import sql, { type Sql } from 'sql-template-tag'
import { commonLanguage, type Language } from '../domain/language.ts'
import type { Db } from './database.ts'

/** A mail that is to be sent. `facts` is JSON text; the link is sealed. */
export interface NewMail {
  companyId: string | null
  recipient: string
  /** In which it is written where nothing is known of the recipient; null: English. */
  language: Language | null
  message: string
  facts: string
  sealedLink: Uint8Array | null
  secretName: string | null
  linkExpiresAt: string | null
}

/**
 * How many mails of this message a company has caused within the last day, all in all and to this address, and seconds until the oldest
 * of each is a day old.
 */
export async function mailsOfLastDay(db: Db, company: string, message: string, recipient: string): Promise<MailCounts> {
  const [row] = await db.rows<MailCounts>(sql`
    select count(*) as "all", count(*) filter (where recipient = ${recipient}) as "toRecipient",
           coalesce(ceil(extract(epoch from min(created_at) + interval '1 day' - statement_timestamp())), 0)::int as "freeInSeconds",
           coalesce(ceil(extract(epoch from min(created_at) filter (where recipient = ${recipient})
                                            + interval '1 day' - statement_timestamp())), 0)::int as "recipientFreeInSeconds"
      from mail
     where company_id = ${company} and message = ${message} and created_at > statement_timestamp() - interval '1 day'`)
  return row as MailCounts
}

export interface MailCounts {
  all: number
  toRecipient: number
  freeInSeconds: number
  recipientFreeInSeconds: number
}

/** What a mail is composed of. */
export interface MailContent {
  id: string
  recipient: string
  /** A language's code: of one that this version may not have. */
  language: string
  message: string
  facts: unknown
  sealedLink: Uint8Array | null
  secretName: string | null
  /** Null: it has, and had, no link. */
  linkExpiresAt: string | null
}

/** A mail that this process is to send: nobody else takes it before its lease is over. */
export interface ClaimedMail extends MailContent {
  /** This one among them. */
  attempts: number
  /** Why it is not to be sent any more, if so. */
  late: 'link expired' | 'no longer shared' | 'too old' | null
}

/** How a mail stands. `due`: it is tried, or would be. */
export interface MailRow extends MailContent {
  companyId: string | null
  companyName: string | null
  createdAt: string
  state: 'due' | 'sent' | 'failed'
  attempts: number
  nextAttemptAt: string | null
  sentAt: string | null
  lastError: string | null
}

/** Writes a mail down, in the language in which its recipient reads. */
export async function addMail(tx: Db, mail: NewMail): Promise<void> {
  await tx.rows(sql`
    insert into mail (company_id, recipient, language, message, facts, sealed_link, secret_name, link_expires_at)
    values (${mail.companyId}, ${mail.recipient},
            coalesce((select l.language from person p join person_language l on l.person_id = p.id where p.email = ${mail.recipient}),
                     ${mail.language}, ${commonLanguage}),
            ${mail.message}, ${mail.facts}::jsonb, ${mail.sealedLink}, ${mail.secretName}, ${mail.linkExpiresAt}::timestamptz)`)
}

const contentColumns: Sql = sql`
  m.id, m.recipient, m.language, m.message, m.facts, m.sealed_link as "sealedLink", m.secret_name as "secretName", m.link_expires_at as "linkExpiresAt"`

/**
 * Takes at most `limit` mails that are due, the longest due first, and counts the attempt. What the taker does not note within `leaseMs`
 * is due again, so that a process that ended loses none. One that was never tried for `staleMs` is handed out as too old.
 */
export async function claimMails(db: Db, limit: number, leaseMs: number, staleMs: number): Promise<ClaimedMail[]> {
  return db.rows(sql`
    with due as materialized (
         select id from mail
          where next_attempt_at <= statement_timestamp()
          order by next_attempt_at
          limit ${limit}
            for update skip locked)
    update mail m
       set attempts = m.attempts + 1, next_attempt_at = statement_timestamp() + ${leaseMs}::float8 * interval '1 millisecond'
      from due
     where m.id = due.id
    returning ${contentColumns}, m.attempts,
              case when m.link_expires_at <= statement_timestamp() then 'link expired'
                   when ${isSharedNoMore} then 'no longer shared'
                   when m.attempts = 1 and m.last_error is null
                        and m.created_at < statement_timestamp() - ${staleMs}::float8 * interval '1 millisecond' then 'too old' end as "late"`)
}

/**
 * A mail that tells of device data says to whom what must be open: it is asked again at each attempt. A member who wants no such mails any
 * more gets none that waits, either.
 */
const isSharedNoMore = sql`
  m.facts ? 'shared' and exists (
    select from jsonb_to_recordset(m.facts #> '{shared,organizations}') s(id text, inventory boolean)
     where not exists (
           select from alarm_mail w
             join coverage c on c.caller = w.member_id and c.organization_id = s.id and c.alarms and (c.inventory or not s.inventory)
            where w.member_id = m.facts #>> '{shared,memberId}'))`

/**
 * A mail's facts without what tells of device data: that is of the moment at which the mail was written, and is neither kept once the mail is over
 * nor exported, for a consent may have ended since.
 */
export const factsWithoutDeviceData = sql`case when facts ? 'shared' then '{}' else facts end`

/** Notes that a mail was taken by the mail server. Its link is of no more use here; nor is what it told of device data. */
export async function noteMailSent(db: Db, id: string): Promise<void> {
  await db.rows(sql`
    update mail
       set sent_at = statement_timestamp(), next_attempt_at = null, last_error = null, sealed_link = null, secret_name = null,
           facts = ${factsWithoutDeviceData}
     where id = ${id}`)
}

/**
 * Notes why this attempt failed, and when the next is due; `againInMs` null: there is none, and its link goes, and what it told of
 * device data. Nothing happens where the lease was over and somebody else has taken the mail since.
 */
export async function noteMailFailed(
  db: Db,
  { id, attempts }: Pick<ClaimedMail, 'id' | 'attempts'>,
  error: string,
  againInMs: number | null,
): Promise<void> {
  await db.rows(sql`
    update mail
       set last_error = ${error},
           next_attempt_at = statement_timestamp() + ${againInMs}::float8 * interval '1 millisecond',
           sealed_link = case when ${againInMs}::float8 is not null then sealed_link end,
           secret_name = case when ${againInMs}::float8 is not null then secret_name end,
           facts = case when ${againInMs}::float8 is null then ${factsWithoutDeviceData} else facts end
     where id = ${id} and attempts = ${attempts} and sent_at is null and next_attempt_at is not null`)
}

/** How many mails are not sent and not given up. */
export async function mailsWaiting(db: Db): Promise<number> {
  const [row] = await db.rows<{ count: number }>(sql`select count(*) as "count" from mail where next_attempt_at is not null`)
  return row?.count ?? 0
}

/** Takes away links that are over, what mails told of device data that are as old, and mails that were written `days` ago or earlier; returns how many mails went. */
export async function forgetMails(db: Db, days: number): Promise<number> {
  await db.rows(sql`
    update mail
       set sealed_link = null, secret_name = null, facts = ${factsWithoutDeviceData}
     where link_expires_at <= statement_timestamp() and (sealed_link is not null or facts ? 'shared')`)
  const gone = await db.rows(sql`
    delete from mail where created_at <= statement_timestamp() - ${days}::float8 * interval '1 day' returning id`)
  return gone.length
}

function mailsWhere(condition: Sql, limit: number): Sql {
  return sql`
    select ${contentColumns}, m.company_id as "companyId", o.name as "companyName", m.created_at as "createdAt",
           case when m.sent_at is not null then 'sent' when m.next_attempt_at is null then 'failed' else 'due' end as "state",
           m.attempts, m.next_attempt_at as "nextAttemptAt", m.sent_at as "sentAt", m.last_error as "lastError"
      from mail m
      left join company o on o.id = m.company_id
     where ${condition}
     order by m.created_at desc, m.id desc
     limit ${limit}`
}

/** Mails, the newest first, at most `limit`; `before`: only those behind that one in this order. For the vendor. */
export async function mailsBefore(db: Db, before: string | null, limit: number): Promise<MailRow[]> {
  const behind = sql`(m.created_at, m.id) < (select x.created_at, x.id from mail x where x.id = ${before})`
  return db.rows(mailsWhere(before === null ? sql`true` : behind, limit))
}

export async function mailById(db: Db, id: string): Promise<MailRow | null> {
  const [row] = await db.rows<MailRow>(mailsWhere(sql`m.id = ${id}`, 1))
  return row ?? null
}

/** Makes a mail that was given up due at once, with all its attempts before it. Whether it was given up, and has no link that is gone. */
export async function retryMail(tx: Db, id: string): Promise<boolean> {
  const rows = await tx.rows(sql`
    update mail set attempts = 0, next_attempt_at = statement_timestamp()
     where id = ${id} and sent_at is null and next_attempt_at is null and link_expires_at is null
    returning id`)
  return rows.length > 0
}
