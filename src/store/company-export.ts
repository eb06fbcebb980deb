import sql, { join, type Sql } from 'sql-template-tag'
import { ownAlone, placesOf } from './acts.ts'
import { pagesOf } from './cursor.ts'
import type { Db } from './database.ts'
import { factsWithoutDeviceData } from './mails.ts'

/** A part of a company's data: rows as JSON text, or a compressed piece of them that the reader unpacks. */
export type ExportPage =
  | { part: string; lines: string[] }
  | { part: string; blocks: Uint8Array[] }
  | { part: string; hours: { sensorId: string; hour: number; slots: Uint8Array }[] }

/** Blocks of the log, of 64 KiB of lines each, that are in memory at once. */
const blocksAtOnce = 16

/** What a company's own rows are, in plain columns: whatever is named here is exported, and nothing else. Never a secret, or a hash of one. */
function parts(company: string): Record<string, Sql> {
  return {
    company: sql`
      select id, kind, name, partner_id as "partnerId", address, contact_email as "contactEmail", contact_phone as "contactPhone",
             trial_used_at as "trialUsedAt", allows_visits as "allowsVisits", created_at as "createdAt"
        from company where id = ${company}`,
    members: sql`
      select m.id, p.id as "personId", p.name, p.email, m.role, m.created_at as "joinedAt"
        from member m join person p on p.id = m.person_id where m.company_id = ${company} order by m.created_at, m.id`,
    invitations: sql`
      select id, email, role, inviter_id as "inviterId", created_at as "createdAt", expires_at as "expiresAt", approved_at as "approvedAt",
             accepted_at as "acceptedAt", revoked_at as "revokedAt"
        from invitation where company_id = ${company} order by created_at, id`,
    singleSignOn: sql`
      select name, issuer, client_id as "clientId", enabled, required, exempt_member_id as "exemptMemberId",
             two_factors as "countsAsTwoFactors", created_at as "createdAt"
        from company_sign_in where company_id = ${company}`,
    subscriptions: sql`
      select id, kind, starts_at as "startsAt", ends_at as "endsAt", canceled_at as "canceledAt", terminated_at as "terminatedAt"
        from subscription where company_id = ${company} order by starts_at, id`,
    partnerships: sql`
      select p.id, case when p.customer_id = ${company} then 'partner' else 'customer' end as "with", o.name,
             p.connected_at as "connectedAt", p.ended_at as "endedAt"
        from partnership p join company o on o.id = case when p.customer_id = ${company} then p.partner_id else p.customer_id end
       where ${company} in (p.customer_id, p.partner_id) order by p.connected_at, p.id`,
    consents: sql`
      select c.id, c.partnership_id as "partnershipId", c.inventory, c.alarms, c.sensors, c.given_at as "givenAt",
             c.changed_at as "changedAt", c.ends_at as "endsAt", c.ended_at as "endedAt", c.text_version as "textVersion"
        from consent c join partnership p on p.id = c.partnership_id
       where ${company} in (p.customer_id, p.partner_id) order by c.given_at, c.id`,
    consentRequests: sql`
      select r.id, r.partnership_id as "partnershipId", r.asked_at as "askedAt"
        from consent_request r join partnership p on p.id = r.partnership_id
       where ${company} in (p.customer_id, p.partner_id) order by r.asked_at, r.id`,
    consentReceipts: sql`
      select id, consent_id as "consentId", event, made_at as "madeAt", inventory, alarms, sensors, ends_at as "endsAt",
             text_version as "textVersion", act, head
        from consent_receipt where ${company} in (customer_id, partner_id) order by made_at, id`,
    keys: sql`
      select k.id, k.kind, k.name, k.enabled, k.created_at as "createdAt", k.created_by as "createdBy", k.expires_at as "expiresAt",
             k.networks, k.predecessor_id as "replaces", k.reported_at as "reportedAt", u.used_at as "lastUsedAt", u.address as "lastUsedAddress",
             array(select o.organization_id from api_key_organization o where o.key_id = k.id order by 1) as "organizationIds"
        from api_key k left join api_key_use u on u.key_id = k.id where k.company_id = ${company} order by k.created_at, k.id`,
    accessTokens: sql`
      select id, name, role, member_id as "memberId", created_at as "createdAt", expires_at as "expiresAt"
        from access_token where company_id = ${company} order by created_at, id`,
    gateways: sql`
      select g.id, g.name, g.created_at as "createdAt", g.removed_at as "removedAt", c.contact_at as "lastContactAt", c.version, c.address
        from gateway g left join gateway_contact c on c.gateway_id = g.id where g.company_id = ${company} order by g.created_at, g.id`,
    webhooks: sql`
      select id, name, url, format, kinds, severities, organization_ids as "organizationIds", location_ids as "locationIds", enabled,
             created_at as "createdAt", created_by as "createdBy"
        from webhook where company_id = ${company} order by created_at, id`,
    mails: sql`
      select id, recipient, language, message, ${factsWithoutDeviceData} as "facts", created_at as "createdAt", sent_at as "sentAt"
        from mail where company_id = ${company} order by created_at, id`,
    acts: sql`
      select a.seq, a.at, a.verb, a.record::jsonb as "record", case when ${ownAlone(company)} then p.data::jsonb end as "personal"
        from shown_act a left join act_personal p on p.seq = a.seq
       where ${join(placesOf(company), ' or ')} order by a.seq`,
  }
}

/** A customer's device data, as its member sees them (I1). */
function deviceParts(member: string, organization: string): Record<string, Sql> {
  const own = sql`x.caller = ${member} and x.organization_id = ${organization}`
  return {
    inventory: sql`select x.json::jsonb as "object" from covered_inventory_object x where ${own} and x.removed_at is null order by x.id`,
    sensors: sql`select x.json::jsonb as "object" from covered_sensor x where ${own} and x.removed_at is null order by x.id`,
    accesses: sql`
      select x.minute, x.company_id as "companyId", x.company_name as "companyName", x.reader_kind as "readerKind", x.reader_id as "readerId",
             x.key_name as "keyName", x.operation, x.status, x.address, x.first_at as "firstAt", x.last_at as "lastAt", x.requests, x.objects,
             x.bytes, x.lines
        from received_access x where ${own} order by x.minute, x.reader_id`,
    alarms: sql`select x.json::jsonb as "object" from covered_alarm x where ${own} order by x.activated_at, x.id`,
    actLabels: sql`select x.seq, x.label from covered_act_label x where ${own} order by x.seq`,
    earlierSiteActs: sql`
      select a.seq, x.record::jsonb as "record"
        from shown_act a join covered_act x on x.seq = a.seq
       where a.withheld and ${own} order by a.seq`,
    setByPeople: sql`
      select x.id, x.person_set::jsonb as "set", x.reported::jsonb as "reported"
        from covered_inventory_object x where ${own} and x.removed_at is null and x.person_set is not null order by x.id`,
    alarmStates: sql`
      select x.changed_at as "at", x.json::jsonb as "object"
        from covered_alarm_version x where ${own} order by x.changed_offset`,
    alarmAcknowledgements: sql`
      select x.id, x.alarm_id as "alarmId", x.reactivations as "alarmReactivationCount", x.person_id as "personId",
             x.assignee_id as "assigneeId", x.note, x.withdrawn, x.made_at as "at"
        from covered_alarm_acknowledgement x where ${own} order by x.made_at, x.id`,
  }
}

/**
 * A company's own data, part after part, of one moment: in a transaction that sees it. `member`: who asks, as the caller of the coverage
 * of a customer's device data; null: without them.
 */
export async function* companyPages(tx: Db, company: string, member: string | null): AsyncGenerator<ExportPage> {
  const plain = { ...parts(company), ...(member === null ? {} : deviceParts(member, company)) }
  for (const [part, statement] of Object.entries(plain)) {
    yield { part, lines: [] }
    const asJson = sql`select translate(row_to_json(t)::text, chr(10) || chr(13), '  ') as "line" from (${statement}) t`
    for await (const rows of pagesOf<{ line: string }>(tx, asJson)) yield { part, lines: rows.map(({ line }) => line) }
  }
  if (member === null) return
  const own = sql`x.caller = ${member} and x.organization_id = ${company}`
  yield { part: 'measurements', blocks: [] }
  const blocks = sql`select x.block from covered_measurement_block x where ${own} order by x.seq`
  for await (const rows of pagesOf<{ block: Uint8Array }>(tx, blocks, blocksAtOnce)) {
    yield { part: 'measurements', blocks: rows.map(({ block }) => block) }
  }
  yield { part: 'measurementsBy5Minutes', hours: [] }
  const hours = sql`
    select x.sensor_id as "sensorId", extract(epoch from x.hour)::float8 as "hour", x.slots
      from covered_measurement_rollup x where ${own} order by x.sensor_id, x.hour`
  for await (const rows of pagesOf<{ sensorId: string; hour: number; slots: Uint8Array }>(tx, hours)) {
    yield { part: 'measurementsBy5Minutes', hours: rows }
  }
}
