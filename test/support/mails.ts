import sql from 'sql-template-tag'
import { unseal } from '../../src/domain/sealed.ts'
import { linkPurpose } from '../../src/mail.ts'
import type { TestServer } from './server.ts'

/** A mail as it waits to be sent. */
export interface QueuedMail {
  message: string
  facts: Record<string, unknown>
  /** The address behind its button; null: it has none. */
  link: string | null
}

/** The mails that wait for an address, the oldest first, with their links unsealed. */
export async function mailsTo({ database, context }: TestServer, recipient: string): Promise<QueuedMail[]> {
  const rows = await database.system.rows<{
    message: string
    facts: Record<string, unknown>
    sealed: Uint8Array | null
    secretName: string | null
  }>(sql`
    select message, facts, sealed_link as "sealed", secret_name as "secretName"
      from mail
     where recipient = ${recipient}
     order by created_at, id`)
  return rows.map(({ message, facts, sealed, secretName }) => ({
    message,
    facts,
    link: sealed === null ? null : unseal(sealed, secretName as string, linkPurpose, context.secrets),
  }))
}
