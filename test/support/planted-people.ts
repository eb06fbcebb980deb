import { randomBytes } from 'node:crypto'
import { linkInBackup } from './link-in-backup.ts'
import { startProvider } from './sign-in-provider.ts'

type Headers = Record<string, string>

/** What plants canaries: how it asks the server, and notes them. */
interface Planter {
  url: string
  /** The server's own. */
  secret: string
  ask(
    method: string,
    path: string,
    headers: Headers,
    body?: object,
    shows?: string[],
  ): Promise<{ status: number; body: ReturnType<typeof JSON.parse>; cookies: string[] }>
  plant(name: string, canary: string): void
  /** A text of one of the kinds of domain/credential.ts. */
  plantCredential(name: string, text: string): void
}

/** What the accounts library mails: its links are texts of its own, not of our kinds of credential. */
export async function plantMailedLinks({ url, secret, ask, plant }: Planter, vendor: Headers, email: string): Promise<void> {
  const newcomer = 'newcomer@example.com'
  const password = `canary-${randomBytes(12).toString('hex')}`
  plant('password of a newcomer', password)
  await ask('POST', '/api/v1/accounts', {}, { name: 'Newcomer', email: newcomer, password })
  await ask('POST', '/api/v1/password-resets', {}, { email })
  for (const to of [newcomer, email])
    plant(`link mailed to ${to}`, new URL(await linkInBackup(url, vendor, secret, to)).hash.slice(1))
}

/** No answer shows an invitation's link, a co-worker's or a customer's: its mail alone does. */
export async function plantInvitations(
  { url, secret, ask, plant, plantCredential }: Planter,
  vendor: Headers,
  { customerSession, partnerSession }: { customerSession: Headers; partnerSession: Headers },
): Promise<void> {
  const tokenFor = async (email: string) => new URL(await linkInBackup(url, vendor, secret, email)).hash.slice(1)
  await ask('POST', '/api/v1/invitations', customerSession, { email: 'co@example.com' })
  const token = await tokenFor('co@example.com')
  const password = `canary-${randomBytes(12).toString('hex')}`
  plantCredential('invitation of a co-worker', token)
  plant('password of the co-worker', password)
  await ask('POST', '/api/v1/invitations/look-up', {}, { token })
  await ask('POST', '/api/v1/invitations/acceptance', {}, { token, name: 'Co-worker', password })

  const invited = { organizationName: 'Canary Bakery', email: 'baker@example.com' }
  await ask('POST', '/api/v1/customer-invitations', partnerSession, invited)
  const customerToken = await tokenFor(invited.email)
  plantCredential('invitation of a customer', customerToken)
  await ask('POST', '/api/v1/customer-invitations/look-up', {}, { token: customerToken })
}

/** The client's secret of a company's sign-in, and the cookie of a sign-in there. Answers what ends the provider. */
export async function plantSingleSignOn({ url, ask, plant }: Planter, session: Headers): Promise<() => Promise<void>> {
  const provider = await startProvider(`${url}/sign-in/return`)
  const { issuer, clientId, clientSecret } = provider
  plant('client secret of single sign-on', clientSecret)
  const settings = { enabled: true, required: false, countsAsTwoFactors: false }
  await ask('PUT', '/api/v1/sign-in-provider', session, { name: 'canary', issuer, clientId, clientSecret, ...settings })
  await ask('GET', '/api/v1/sign-in-provider', session)
  const begun = await ask('POST', '/api/v1/session/provider-challenge', {}, { name: 'canary' }, ['sign-in at the provider'])
  const [cookie = ''] = begun.cookies
  plant('sign-in at the provider', /=([^;]+)/.exec(cookie)?.[1] as string)
  const parameters = await provider.walk(String(begun.body.url), 'customer@example.com')
  await ask('POST', '/api/v1/session/provider', { cookie: cookie.split(';', 1)[0] as string }, { parameters })
  return provider.close
}
