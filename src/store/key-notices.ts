import sql from 'sql-template-tag'
import type { Db } from './database.ts'

/** So many days before a key's end its administrators are told. */
export const keyNoticeDays = [30, 7, 1] as const

/** A key whose end is to be told. */
export interface EndingKey {
  id: string
  companyId: string
  company: string
  name: string
  expiresAt: string
  /** Whole days from now to its end, rounded up. */
  days: number
}

/**
 * The valid keys whose end is near enough to be told and was not, each once however many notices it missed; from now on they count as told. Not
 * told is what its maker has just chosen (a key of 30 days ends in 30), and of keys that another one replaces.
 */
export async function takeEndingKeys(tx: Db): Promise<EndingKey[]> {
  return tx.rows<EndingKey>(sql`
    with told as (
         insert into api_key_notice (key_id, days)
         select k.id, n.days
           from api_key k
           join valid_key v on v.id = k.id
          cross join unnest(${keyNoticeDays}::integer[]) n (days)
          where k.expires_at <= statement_timestamp() + make_interval(days => n.days)
            and k.created_at < k.expires_at - make_interval(days => n.days + 1)
            and not exists (select from api_key x where x.predecessor_id = k.id)
             on conflict do nothing
         returning key_id)
    select k.id, k.company_id as "companyId", o.name as "company", k.name, k.expires_at as "expiresAt",
           ceil(extract(epoch from k.expires_at - statement_timestamp()) / 86400)::integer as "days"
      from api_key k
      join company o on o.id = k.company_id
     where k.id in (select key_id from told)
     order by k.expires_at, k.id`)
}
