import sql from 'sql-template-tag'
import type { ConsentEvent } from './consents.ts'
import type { Db } from './database.ts'
import { endPartnership } from './partnerships.ts'
import { deleteOpenSetupLinks } from './setup-links.ts'
import { terminateSubscription } from './subscriptions.ts'
import { lockQueuesOf } from './webhook-queue.ts'

/** For how long a closed company's data are kept, and the vendor may take it back. */
export const closedDays = 30

/**
 * Closes a company: its partnerships with their consents, its keys, webhooks, gateways, subscriptions, access tokens, sessions and links end, and
 * its mails that were not sent go. Nobody signs in for it. The vendor is never closed. Nothing changes where it is closed. What came of
 * the consents.
 */
export async function closeCompany(tx: Db, company: string): Promise<ConsentEvent[]> {
  const [closed] = await tx.rows(sql`
    update company set closed_at = statement_timestamp(), suspended_at = coalesce(suspended_at, statement_timestamp())
     where id = ${company} and closed_at is null and kind <> 'vendor'
    returning id`)
  if (closed === undefined) return []
  const partnerships = await tx.rows<{ id: string }>(sql`
    select id from partnership where ${company} in (customer_id, partner_id) and ended_at is null`)
  const events: ConsentEvent[] = []
  for (const { id } of partnerships) events.push(...((await endPartnership(tx, id, null))?.events ?? []))
  const subscriptions = await tx.rows<{ id: string }>(sql`
    select id from subscription where company_id = ${company} and ends_at > statement_timestamp()`)
  for (const { id } of subscriptions) await terminateSubscription(tx, id)
  await tx.rows(sql`delete from api_key where company_id = ${company}`)
  await lockQueuesOf(tx, company)
  await tx.rows(sql`delete from webhook where company_id = ${company}`)
  await tx.rows(sql`update gateway set removed_at = statement_timestamp() where company_id = ${company} and removed_at is null`)
  await tx.rows(sql`delete from access_token where company_id = ${company}`)
  await tx.rows(sql`delete from session where person_id in (select person_id from member where company_id = ${company})`)
  await deleteOpenSetupLinks(tx, company)
  await tx.rows(sql`delete from mail where company_id = ${company} and sent_at is null`)
  return events
}

/** Takes a closed company back: its people sign in again, and its data are there. What ended stays ended. Whether it was closed. */
export async function reopenCompany(tx: Db, company: string): Promise<boolean> {
  const rows = await tx.rows(sql`
    update company set closed_at = null, suspended_at = null where id = ${company} and closed_at is not null returning id`)
  return rows.length > 0
}

/** Companies that were closed for long enough, with their people. */
export async function companiesToForget(db: Db): Promise<{ id: string; people: string[] }[]> {
  return db.rows(sql`
    select o.id, array(select m.person_id from member m where m.company_id = o.id) as "people"
      from company o
     where o.closed_at <= statement_timestamp() - make_interval(days => ${closedDays})
     order by o.closed_at`)
}

/** Takes a closed company out of the database. What is many was deleted before, so that this is short. */
export async function deleteClosedCompany(tx: Db, company: string): Promise<void> {
  await tx.rows(sql`delete from company where id = ${company} and closed_at is not null`)
}
