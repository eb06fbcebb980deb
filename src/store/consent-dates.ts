import sql from 'sql-template-tag'
import type { DataKinds } from '../domain/partnership.ts'
import { type ConsentEvent, noteExpired } from './consents.ts'
import type { Db } from './database.ts'

/** How many days before its date a consent is told of. */
export const reminderDays = [30, 7, 1] as const

/** Notes one consent that has expired; what came of it. Null: there is none that nobody else works on. */
export async function noteOneExpired(tx: Db): Promise<ConsentEvent[] | null> {
  const [due] = await tx.rows<{ partnership: string }>(sql`
    select p.id as "partnership"
      from consent c
      join partnership p on p.id = c.partnership_id
     where c.ended_at is null and c.ends_at <= statement_timestamp()
     order by c.ends_at
     limit 1
       for update of p skip locked`)
  return due ? noteExpired(tx, due.partnership) : null
}

/** A consent whose date comes in so many days. */
export interface EndingConsent {
  consentId: string
  endsAt: string
  days: number
  customerId: string
  customerName: string
  partnerCompanyId: string
  partnerName: string
  kinds: DataKinds
}

/**
 * Takes one consent of whose date both sides are to be told, and notes that they are. Each of `reminderDays` counts once a date; where several are due,
 * the nearest one; and none that was due when the limits were set, for that was told then. Null: there is none that nobody else works on.
 */
export async function takeReminder(tx: Db): Promise<EndingConsent | null> {
  const [due] = await tx.rows<Omit<EndingConsent, 'kinds'> & DataKinds>(sql`
    select c.id as "consentId", c.ends_at as "endsAt", d.days, o.id as "customerId", o.name as "customerName", q.id as "partnerCompanyId",
           q.name as "partnerName", c.inventory, c.alarms, c.sensors
      from consent c
      join partnership p on p.id = c.partnership_id
      join company o on o.id = p.customer_id
      join company q on q.id = p.partner_id
     cross join lateral (
           select min(x.days) as days
             from unnest(${[...reminderDays]}::integer[]) x (days)
            where c.ends_at - make_interval(hours => 24 * x.days) <= statement_timestamp()
              and c.ends_at - make_interval(hours => 24 * x.days) > c.changed_at
              and not exists (
                  select from consent_reminder r where r.consent_id = c.id and r.ends_at = c.ends_at and r.days <= x.days)) d
     where c.ended_at is null and c.ends_at > statement_timestamp()
       and c.ends_at <= statement_timestamp() + make_interval(hours => 24 * ${reminderDays[0]}) and d.days is not null
     order by c.ends_at
     limit 1
       for update of c skip locked`)
  if (!due) return null
  // The date as the row has it, which is finer than what was read.
  const noted = await tx.rows(sql`
    insert into consent_reminder (consent_id, ends_at, days)
    select c.id, c.ends_at, ${due.days} from consent c where c.id = ${due.consentId}
    on conflict do nothing
    returning 1 as one`)
  // Another process took it, and was done before its row was locked here: the next statement sees that.
  if (noted.length === 0) return takeReminder(tx)
  const { inventory, alarms, sensors, ...ending } = due
  return { ...ending, kinds: { inventory, alarms, sensors } }
}
