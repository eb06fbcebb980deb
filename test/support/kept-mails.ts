import sql from 'sql-template-tag'
import { unseal } from '../../src/domain/sealed.ts'
import { messages } from '../../src/email/messages.ts'
import { render } from '../../src/email/render.ts'
import { linkPurpose } from '../../src/mail.ts'
import type { TestServer } from './server.ts'

/** A mail as its recipient would read it. */
export interface KeptMail {
  message: string
  subject: string
  text: string
  /** Where its button leads; undefined where it has none. */
  link: string | undefined
  /** What stands after the # of its link. */
  token: string
}

/** The mails to an address that the server keeps, the oldest first. */
export async function mailsTo({ context, database }: TestServer, recipient: string): Promise<KeptMail[]> {
  const rows = await database.system.rows<{
    message: string
    facts: unknown
    sealed: Uint8Array | null
    secretName: string | null
  }>(sql`
    select message, facts, sealed_link as "sealed", secret_name as "secretName"
      from mail where recipient = ${recipient} order by created_at, id`)
  const portal = { name: context.config.portalName, url: context.config.url }
  return rows.map(({ message, facts, sealed, secretName }) => {
    const link = sealed === null ? null : unseal(sealed, secretName ?? '', linkPurpose, context.secrets)
    const composed = messages.get(message)?.composeKept(facts, portal)
    if (composed === undefined) throw new Error(`There is no message ${message}.`)
    const { subject, text } = render(composed, link, portal)
    return { message, subject, text, link: link ?? undefined, token: link?.split('#')[1] ?? '' }
  })
}

/** The token of the newest mail to an address. */
export async function tokenTo(server: TestServer, recipient: string): Promise<string> {
  const token = (await mailsTo(server, recipient)).findLast((mail) => mail.link !== undefined)?.token
  if (token === undefined) throw new Error(`No mail with a link went to ${recipient}.`)
  return token
}
