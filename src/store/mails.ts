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

export async function addMail(tx: Db, mail: NewMail): Promise<void> {
  await tx.rows(sql`
    insert into mail (company_id, recipient, message, facts, sealed_link, secret_name, link_expires_at)
    values (${mail.companyId}, ${mail.recipient}, ${mail.message}, ${mail.facts}::jsonb, ${mail.sealedLink}, ${mail.secretName},
            ${mail.linkExpiresAt}::timestamptz)`)
}
