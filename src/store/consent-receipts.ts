import sql, { type Sql } from 'sql-template-tag'
import type { ActHead } from '../domain/act.ts'
import type { ConsentReceipt, ListedReceipt } from '../domain/consent-receipt.ts'
import type { DataKinds } from '../domain/partnership.ts'
import type { ConsentEvent } from './consents.ts'
import type { Db } from './database.ts'
import { nameOf } from './names.ts'
import { present } from './present.ts'

/** Receipts that a list shows. */
const receiptsMax = 200

/** A receipt as it is kept, with the version of the words in place of the words. */
export type ReceiptRow = Omit<ConsentReceipt, 'text'> & { textVersion?: string }

/**
 * Writes down what became of consents, not signed yet: their ids. It takes the locks of rows that the receipts refer to, so that the record's
 * head row can be taken after them, as the last lock of the transaction (I11).
 */
export async function addReceipts(tx: Db, events: readonly ConsentEvent[], person: string | null): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    insert into consent_receipt (consent_id, customer_id, partner_id, event, person_id, inventory, alarms, sensors, ends_at, text_version)
    select c.id, p.customer_id, p.partner_id, e.event, case when e.event <> 'expired' then ${person}::text end,
           c.inventory, c.alarms, c.sensors, c.ends_at, c.text_version
      from unnest(${events.map((one) => one.consentId)}::text[], ${events.map((one) => one.event)}::text[]) with ordinality e (consent_id, event, n)
      join consent c on c.id = e.consent_id
      join partnership p on p.id = c.partnership_id
     order by e.n
    returning id`)
  return rows.map(({ id }) => id)
}

/** Signs receipts by the record's head, with their acts in it, which have numbers above `after`. */
export async function signReceipts(tx: Db, ids: readonly string[], after: number, head: ActHead): Promise<void> {
  await tx.rows(sql`
    update consent_receipt r
       set head = ${JSON.stringify(head)}::jsonb,
           act = (select max(a.seq) from shown_act a where a.seq > ${after} and a.subject_id = r.consent_id
                                                       and a.verb = 'consent.' || r.event)
     where r.id = any (${ids}::text[])`)
}

interface Row extends DataKinds {
  id: string
  consentId: string
  event: ConsentReceipt['event']
  at: string
  customerId: string
  customerName: string
  partnerCompanyId: string
  partnerName: string
  partnerId: string
  by: string | null
  endsAt: string | null
  textVersion: string | null
  act: number
  head: ActHead
}

async function receiptsWhere(db: Db, condition: Sql): Promise<ReceiptRow[]> {
  const rows = await db.rows<Row>(sql`
    select r.id, r.consent_id as "consentId", r.event, r.made_at as "at", r.customer_id as "customerId",
           ${nameOf('company', sql`r.customer_id`)} as "customerName", r.partner_id as "partnerCompanyId",
           ${nameOf('company', sql`r.partner_id`)} as "partnerName", (select q.partner_id from company q where q.id = r.partner_id) as "partnerId",
           ${nameOf('person', sql`r.person_id`)} as "by",
           r.inventory, r.alarms, r.sensors, r.ends_at as "endsAt", r.text_version as "textVersion", r.act, r.head
      from consent_receipt r
     where ${condition}
     order by r.made_at desc, r.act desc
     limit ${receiptsMax}`)
  return rows.map(
    ({ customerId, customerName, partnerCompanyId, partnerName, partnerId, inventory, alarms, sensors, ...row }) => ({
      ...present(row),
      customer: { id: customerId, name: customerName },
      partner: { id: partnerCompanyId, name: partnerName, partnerId },
      kinds: { inventory, alarms, sensors },
    }),
  )
}

const ofCompany = (company: string): Sql => sql`(r.customer_id = ${company} or r.partner_id = ${company})`

/** The newest receipts of a company, on either side. */
export async function receiptsOf(db: Db, company: string): Promise<ListedReceipt[]> {
  const rows = await receiptsWhere(db, ofCompany(company))
  return rows.map(({ consentId: _, act: __, head: ___, textVersion: ____, ...listed }) => listed)
}

/** Null where there is none with this id for the company, on either side. */
export async function receiptOf(db: Db, company: string, id: string): Promise<ReceiptRow | null> {
  return (await receiptsWhere(db, sql`r.id = ${id} and ${ofCompany(company)}`))[0] ?? null
}

/** Those with these ids, at most as many as a list shows. */
export async function receiptsWith(db: Db, ids: readonly string[]): Promise<ReceiptRow[]> {
  return receiptsWhere(db, sql`r.id = any (${ids}::text[])`)
}
