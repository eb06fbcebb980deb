import sql from 'sql-template-tag'
import type { ConnectedCustomer } from '../domain/partnership.ts'
import type { Db } from './database.ts'

/** For so many days after a partner asked, it does not ask the same customer again. */
export const askAgainAfterDays = 7

/** A connected customer as whoever asks it for consent must know it. */
export interface CustomerToAsk {
  partnershipId: string
  reasons: ConnectedCustomer['reasons']
  /** When it may be asked again (RFC 3339); null: now. */
  againAt: string | null
}

/** Null: not connected to this partner. Nobody else asks the customer for it before the transaction ends. */
export async function customerToAsk(tx: Db, partner: string, organization: string): Promise<CustomerToAsk | null> {
  const [locked] = await tx.rows<{ id: string }>(sql`
    select id from partnership where partner_id = ${partner} and customer_id = ${organization} and ended_at is null for update`)
  if (locked === undefined) return null
  const [row] = await tx.rows<CustomerToAsk>(sql`
    select c.partnership_id as "partnershipId", c.reasons,
           (select max(r.asked_at) + make_interval(days => ${askAgainAfterDays})
              from consent_request r
             where r.partnership_id = c.partnership_id
               and r.asked_at > statement_timestamp() - make_interval(days => ${askAgainAfterDays})) as "againAt"
      from connected_customer c
     where c.partnership_id = ${locked.id}`)
  return row ?? null
}

export async function addConsentRequest(tx: Db, partnership: string, askedBy: string | null): Promise<void> {
  await tx.rows(sql`insert into consent_request (partnership_id, asked_by) values (${partnership}, ${askedBy})`)
}
