import sql from 'sql-template-tag'
import type { CoverageChange } from '../domain/coverage-change.ts'
import type { Db } from './database.ts'

/**
 * What changed of a partner's coverage since a moment (RFC 3339), the newest first, at most `limit`: read from the periods themselves, so that what time
 * alone brings is among it. Of a customer's subscriptions only what fell into the time of their connection.
 */
export async function coverageChangesOf(db: Db, partner: string, since: string, limit: number): Promise<CoverageChange[]> {
  return db.rows<CoverageChange>(sql`
    select x.organization_id as "organizationId", o.name as "label", x.at, x.change
      from (select p.customer_id as organization_id, p.connected_at as at, 'connected' as change
              from partnership p where p.partner_id = ${partner}
             union all
            select p.customer_id, p.ended_at, 'disconnected'
              from partnership p where p.partner_id = ${partner}
             union all
            select p.customer_id, c.given_at, 'consent given'
              from partnership p join consent c on c.partnership_id = p.id where p.partner_id = ${partner}
             union all
            select p.customer_id, coalesce(c.ended_at, c.ends_at), 'consent ended'
              from partnership p join consent c on c.partnership_id = p.id where p.partner_id = ${partner}
             union all
            select p.customer_id, s.starts_at, 'subscription started'
              from partnership p
              join subscription s on s.company_id = p.customer_id and s.starts_at >= p.connected_at and s.ends_at > s.starts_at
             where p.partner_id = ${partner} and (p.ended_at is null or s.starts_at < p.ended_at)
               and not exists (select from subscription e where e.company_id = s.company_id and e.ends_at = s.starts_at and e.starts_at < s.starts_at)
             union all
            select p.customer_id, s.ends_at, 'subscription ended'
              from partnership p
              join subscription s on s.company_id = p.customer_id and s.ends_at >= p.connected_at and s.ends_at > s.starts_at
             where p.partner_id = ${partner} and (p.ended_at is null or s.ends_at < p.ended_at)
               and not exists (select from subscription e where e.company_id = s.company_id and e.starts_at = s.ends_at and e.ends_at > e.starts_at)) x
      join company o on o.id = x.organization_id
     where x.at >= ${since}::timestamptz and x.at <= statement_timestamp()
     order by x.at desc, x.organization_id, x.change
     limit ${limit}`)
}
