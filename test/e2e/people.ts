import type { BrowserContextOptions, Page } from 'playwright-core'
import { linkMailedTo } from '../support/mailed.ts'
import type { ReceivedMail, SmtpOfTest } from '../support/smtp.ts'
import type { Portal } from './portal.ts'

export const password = 'four quiet words here'

/**
 * Where the newest link leads that was mailed to an address, path and hash. From a mail server of the test's it is the next one that was not
 * asked for before, taken from the mail as it arrived.
 */
export async function mailedPath({ server, smtp }: Portal, email: string): Promise<string> {
  const { pathname, hash } = new URL(smtp === undefined ? await linkMailedTo(server, email) : await nextLink(smtp, email))
  return pathname + hash
}

async function nextLink(smtp: SmtpOfTest, email: string): Promise<string> {
  const [link] = (await smtp.mailTo(email)).links
  return link ?? nextLink(smtp, email)
}

/** The next mail to an address with this in its subject, as it came to the test's mail server. */
export function arrived({ smtp }: Portal, email: string, subject: string): Promise<ReceivedMail> {
  if (smtp === undefined) throw new Error('The portal was opened without a mail server.')
  return smtp.mailTo(email, subject)
}

/** Asks the API with a window's session, as a program of somebody who knows it would. */
export function asked<Answer>(
  page: Page,
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; body: Answer }> {
  const sent = { method, path: `/api/v1${path}`, body: body && JSON.stringify(body) }
  return page.evaluate(async (given) => {
    const headers = given.body === undefined ? {} : { 'content-type': 'application/json' }
    const answer = await fetch(given.path, { method: given.method, headers, ...(given.body && { body: given.body }) })
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
  }, sent)
}

/** Invites an address with the session of a window; answers where the mailed link leads. */
export async function invited(portal: Portal, page: Page, email: string): Promise<string> {
  const { status } = await asked(page, 'POST', '/invitations', { email })
  if (status !== 201) throw new Error(`The invitation of ${email} was answered ${status}.`)
  return mailedPath(portal, email)
}

/** Fills in the registration that an invitation leads to, and sends it. */
export async function register(page: Page, name: string): Promise<void> {
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Create account and join' }).click()
}

/** A window in which a new person has joined the company of whoever is signed in in `page`. */
export async function joined(portal: Portal, page: Page, email: string, name: string, options?: BrowserContextOptions) {
  const window = await portal.visit(options)
  await window.goto(await invited(portal, page, email))
  await register(window, name)
  await window.getByRole('button', { name: /account menu$/ }).waitFor()
  return window
}

/** Removes a member with the session of a window; the person keeps the account, and belongs to no company. */
export async function removed(page: Page, email: string): Promise<void> {
  const { body } = await asked<{ members: { id: string; email: string }[] }>(page, 'GET', '/members')
  await asked(page, 'DELETE', `/members/${body.members.find((one) => one.email === email)?.id}`)
}
