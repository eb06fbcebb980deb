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
export async function mailsTo(server: TestServer, recipient: string): Promise<QueuedMail[]> {
  return (await mailsInLanguagesTo(server, recipient)).map(({ mail }) => mail)
}

/** The same, each with the language in which it is composed. */
export async function mailsInLanguagesTo(
  { database, context }: TestServer,
  recipient: string,
): Promise<{ mail: QueuedMail; language: string }[]> {
  const rows = await database.system.rows<{
    message: string
    facts: Record<string, unknown>
    language: string
    sealed: Uint8Array | null
    secretName: string | null
  }>(sql`
    select message, facts, language, sealed_link as "sealed", secret_name as "secretName"
      from mail
     where recipient = ${recipient}
     order by created_at, id`)
  return rows.map(({ message, facts, language, sealed, secretName }) => {
    const link = sealed === null ? null : unseal(sealed, secretName as string, linkPurpose, context.secrets)
    return { mail: { message, facts, link }, language }
  })
}
