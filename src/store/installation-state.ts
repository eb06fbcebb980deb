import sql from 'sql-template-tag'
import { silentAfterMinutes } from '../domain/gateway.ts'
import type { Db } from './database.ts'

/** What a look over the whole installation counts. Times as the API has them; null: never. */
export interface InstallationCounts {
  databaseBytes: number
  partners: number
  customers: number
  validCustomers: number
  gateways: number
  silentGateways: number
  mailsWaiting: number
  mailsGivenUp: number
  acts: number
  signedUntil: number | null
  signedAt: string | null
}

/** Counts what there is, with no customer's data in it: to be asked as the owner, since the size of the database is in it. */
export async function installationCounts(db: Db): Promise<InstallationCounts> {
  const [row] = await db.rows<InstallationCounts>(sql`
    select pg_database_size(current_database()) as "databaseBytes",
           (select count(*) from company where kind = 'partner') as "partners",
           (select count(*) from company where kind = 'customer') as "customers",
           (select count(distinct organization_id) from valid_customer) as "validCustomers",
           g.gateways as "gateways", g.silent as "silentGateways",
           (select count(*) from mail where next_attempt_at is not null) as "mailsWaiting",
           (select count(*) from mail where next_attempt_at is null and sent_at is null) as "mailsGivenUp",
           (select seq from act_head) as "acts",
           s.seq as "signedUntil", s.at as "signedAt"
      from (select count(*) as gateways,
                   count(*) filter (where coalesce(c.contact_at, g.created_at) < clock_timestamp() - make_interval(mins => ${silentAfterMinutes})) as silent
              from gateway g
              left join gateway_contact c on c.gateway_id = g.id
             where g.removed_at is null) g
      left join (select seq, at from signed_head order by seq desc, at desc limit 1) s on true`)
  if (row === undefined) throw new Error('A look over the installation gave nothing.')
  return row
}
