import sql, { raw, type Sql } from 'sql-template-tag'
import type { Database } from '../../src/store/database.ts'

const secret = sql`'\\x00'::bytea, 'test'`
const each = (count: number, what: Sql): Sql => sql`${what} from generate_series(1, ${raw(String(count))}) n`

/** What a large installation has: 5,000 customers of 50 partners, each with people, keys, gateways and mails; long records of acts and deliveries. */
const rows: Sql[] = [
  sql`insert into company (id, kind, name, partner_id) ${each(50, sql`select 'p' || n, 'partner', 'Partner ' || n, 'PARTNER_' || n`)}`,
  sql`insert into company (id, kind, name) ${each(5000, sql`select 'c' || n, 'customer', 'Customer ' || n`)}`,
  sql`insert into person (id, name, email) ${each(10_000, sql`select 'person ' || n, 'Person ' || n, n || '@example.com'`)}`,
  sql`insert into member (id, company_id, person_id, role)
      ${each(10_000, sql`select 'm' || n, case when n <= 5000 then 'c' || n else 'p' || n % 50 + 1 end, 'person ' || n, 'administrator'`)}`,
  sql`insert into session (id, token, person_id, expires_at)
      ${each(20_000, sql`select 's' || n, 's' || n, 'person ' || n % 10000 + 1, now() + interval '1 day'`)}`,
  sql`insert into access_token (id, company_id, member_id, name, role, secret_hash, secret_name, expires_at)
      ${each(10_000, sql`select 't' || n, 'c' || n % 5000 + 1, 'm' || n, 'Token', 'viewer', ${secret}, now() + interval '1 day'`)}`,
  sql`insert into invitation (company_id, email, inviter_id, expires_at)
      ${each(10_000, sql`select 'p' || n % 50 + 1, n || '@example.org', 'person ' || n, now() + interval '1 day'`)}`,
  sql`insert into customer_invitation (company_id, organization_name, email, link_id, secret_hash, secret_name, expires_at)
      ${each(10_000, sql`select 'p' || n % 50 + 1, 'Customer', n || '@example.org', 'l' || n, ${secret}, now() + interval '1 day'`)}`,
  sql`insert into subscription (company_id, kind, starts_at, ends_at)
      ${each(5000, sql`select 'c' || n, 'paid', now() - interval '1 day', now() + interval '1 year'`)}`,
  sql`insert into partnership (id, customer_id, partner_id, connected_at, ended_at)
      ${each(10_000, sql`select 'x' || n, 'c' || (n - 1) % 5000 + 1, 'p' || n % 50 + 1, now() - interval '9 days', case when n > 5000 then now() - interval '8 days' end`)}`,
  sql`insert into consent (id, partnership_id, given_at, ended_at, alarms_since, sensors_since)
      ${each(10_000, sql`select 'y' || n, 'x' || n, now() - interval '9 days', case when n > 5000 then now() - interval '8 days' end, now(), now()`)}`,
  sql`insert into consent_receipt (consent_id, customer_id, partner_id, event, made_at, inventory, alarms, sensors, act, head)
      ${each(20_000, sql`select 'y' || n % 10000 + 1, 'c' || n % 5000 + 1, 'p' || n % 50 + 1, 'given', now() - make_interval(mins => n), true, true, true, n, '{}'`)}`,
  sql`insert into api_key (id, company_id, kind, name, secret_hash, secret_name)
      ${each(10_000, sql`select 'k' || n, 'p' || n % 50 + 1, 'all', 'Key', ${secret}`)}`,
  sql`insert into gateway (id, company_id, name, secret_hash, secret_name) ${each(10_000, sql`select 'g' || n, 'c' || n % 5000 + 1, 'Gateway', ${secret}`)}`,
  sql`insert into licence_key (id, secret_hash, secret_name, days, created_at)
      ${each(20_000, sql`select 'lk' || n, ${secret}, 30, now() - make_interval(mins => n)`)}`,
  sql`insert into mail (id, company_id, recipient, message, facts, created_at, next_attempt_at, sent_at)
      ${each(50_000, sql`select 'mail ' || n, 'c' || n % 5000 + 1, n || '@example.com', 'key-generated', '{}', now() - make_interval(mins => n), null, now()`)}`,
  sql`insert into webhook (id, company_id, name, url, format, kinds)
      ${each(10_000, sql`select 'h' || n, 'p' || n % 50 + 1, 'Hook', 'https://hook.invalid', 'standard', array['coverage.started']`)}`,
  sql`insert into webhook_delivery (id, webhook_id, needs, kind, lane, place, ordinal, body, accepted_at, created_at, state, settled_at)
      ${each(50_000, sql`select 'd' || n, 'h' || n % 20 + 1, 'nothing', 'key.expiring', 'k', n, 0, '{}', now(), now() - make_interval(mins => n), 'delivered', now()`)}`,
  sql`insert into webhook_attempt (delivery_id, at, number, status, took_ms) ${each(50_000, sql`select 'd' || n, now(), 1, 200, 5`)}`,
  sql`insert into act (seq, at, verb, record, previous, digest)
      ${each(
        100_000,
        // One customer has half of them; what is rare is done now and then, and a part of it with a partner.
        sql`select n + 10000, now() - make_interval(mins => 100000 - n),
                   case when n % 1000 = 7 then 'gateway.removed' when n % 3 = 0 then 'session.started' else 'key.created' end,
                   json_build_object(
                     'seq', n + 10000,
                     'actor', case n % 20 when 0 then json_build_object('kind', 'token', 'id', 't' || n)
                                          when 1 then json_build_object('kind', 'system')
                                          else json_build_object('kind', 'person', 'id', 'person ' || n % 10000 + 1) end,
                     'companies', array['c' || case when n % 2 = 0 then 7 else n % 5000 + 1 end] || case when n % 10 = 0 then array['p' || n % 50 + 1] end,
                     'subject', json_build_object('kind', 'key', 'id', 'k' || n), 'details', '{}'::json)::text,
                   '\\x00', '\\x00'`,
      )}`,
  sql`insert into act_personal (seq, salt, data) ${each(100_000, sql`select n + 10000, 's', '{}'`)}`,
  sql`update act_head set seq = 110000`,
  sql`insert into feed_head (organization_id, family, head)
      select c.id, f, 1 from company c, unnest(array['inventory', 'sensors', 'alarms']) f where c.id like 'c%' on conflict do nothing`,
  sql`insert into webhook_position (organization_id, family, changed_offset)
      select organization_id, family, 0 from feed_head where family <> 'sensors' on conflict do nothing`,
  sql`insert into alarm_mail_position (organization_id, changed_offset) select organization_id, 0 from feed_head where family = 'alarms' on conflict do nothing`,
  sql`insert into feed_news (organization_id, family, teller, head)
      select h.organization_id, h.family, t, h.head from feed_head h, unnest(array['mails', 'webhooks']) t
       where h.organization_id like 'c%' and h.family in ('inventory', 'alarms') and (t = 'webhooks' or h.family = 'alarms') on conflict do nothing`,
]

/** Fills the tables that the portal's lists are read from, past all triggers: what comes of the rows is no part of what is looked at. */
export async function plantLists(database: Database): Promise<void> {
  await database.transaction('system', { kind: 'system' }, async (tx) => {
    await tx.rows(sql`set local session_replication_role = replica`)
    for (const statement of rows) await tx.rows(statement)
  })
}
