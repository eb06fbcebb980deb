import sql from 'sql-template-tag'
import type { Db } from './database.ts'

/** A mail that is to be sent. `facts` is JSON text; the link is sealed. */
export interface NewMail {
  companyId: string | null
  recipient: string
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

export async function addMail(tx: Db, mail: NewMail): Promise<void> {
  await tx.rows(sql`
    insert into mail (company_id, recipient, message, facts, sealed_link, secret_name, link_expires_at)
    values (${mail.companyId}, ${mail.recipient}, ${mail.message}, ${mail.facts}::jsonb, ${mail.sealedLink}, ${mail.secretName},
            ${mail.linkExpiresAt}::timestamptz)`)
}
