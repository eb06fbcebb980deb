import { composed } from '../../src/email/translations.ts'
import { mailsInLanguagesTo } from './mails.ts'
import type { TestServer } from './server.ts'

/** A mail as it waits to be sent: what it says, and its link with the secret that only its reader is shown. */
export interface Mailed {
  message: string
  subject: string
  words: string
  link: string | null
}

/** The mails to an address, in the order in which they were written, as their reader sees them. */
export async function mailsTo(server: TestServer, recipient: string): Promise<Mailed[]> {
  const { portalName: name, url } = server.context.config
  return (await mailsInLanguagesTo(server, recipient)).map(({ mail: { message, facts, link }, language }) => {
    const told = composed(message, facts, { name, url }, language)
    if (told === null) throw new Error(`There is no message "${message}".`)
    const words = [...told.before, ...(told.facts ?? []).flat(), ...(told.after ?? [])].join(' ')
    return { message, subject: told.subject, words, link }
  })
}

/** The newest link that was mailed to an address. Throws where there is none. */
export async function linkMailedTo(server: TestServer, recipient: string): Promise<string> {
  const link = (await mailsTo(server, recipient)).findLast((one) => one.link !== null)?.link
  if (!link) throw new Error(`No link was mailed to ${recipient}.`)
  return link
}

/** The secret text of that link. */
export async function tokenMailedTo(server: TestServer, recipient: string): Promise<string> {
  return new URL(await linkMailedTo(server, recipient)).hash.slice(1)
}
