import { randomBytes } from 'node:crypto'
import sql from 'sql-template-tag'
import { codeOf } from './accounts.ts'
import { softAuthenticator } from './authenticator.ts'
import type { Door } from './door.ts'
import { tokenMailedTo } from './mailed.ts'
import type { Owner, Parts } from './management-requests.ts'
import type { Portal } from './portal-session.ts'
import type { TestServer } from './server.ts'

const text = () => randomBytes(6).toString('hex')
const address = () => `${text()}@example.com`
const password = 'a long enough password'

/** Operations whose request ends the session that asks, begins it anew, or turns it to another company: each is asked with a session of its own. */
export const endsSession = new Set([
  'signOut',
  'changePassword',
  'setUpTwoFactor',
  'confirmTwoFactor',
  'renewRecoveryCodes',
  'disableTwoFactor',
  'addPasskey',
  'endSessions',
  'beginVisit',
])

/** For each operation of accounts a request that its owner may make, and that then succeeds. */
export function accountRequests(door: Door, server: TestServer): Record<string, (owner: Owner) => Promise<Parts>> {
  const nothing = async () => ({})
  /** A request of nobody; its answer's cookies and body. */
  const asked = async (path: string, body: object = {}, cookie = '') => {
    const headers = { 'content-type': 'application/json', origin: door.url, cookie }
    const answer = await fetch(`${door.url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    const cookies = answer.headers.getSetCookie().map((one) => one.split(';', 1)[0])
    const given = await answer.text()
    return { cookie: cookies.join('; '), body: given === '' ? undefined : JSON.parse(given) }
  }
  const somebody = async (companyId?: string) =>
    door.account(companyId ?? (await door.vendor<{ id: string }>('POST', '/companies', { kind: 'customer', name: text() })).id)
  const begin = ({ send, person }: Portal) =>
    send<{ secret: string }>('POST', '/account/two-factor', { password: person.password })
  const withTwoFactor = async (portal: Portal) => {
    const { secret } = await begin(portal)
    await portal.send('PUT', '/account/two-factor', { code: codeOf(secret) })
    return secret
  }
  const withPasskey = async (portal: Portal) => {
    const authenticator = softAuthenticator(server.context.config.url)
    const { options } = await portal.send<{ options: object }>('POST', '/account/passkey-challenge')
    await portal.send('POST', '/account/passkeys', { name: text(), response: authenticator.create(options) })
    return authenticator
  }
  const memberId = async ({ person }: Portal) => {
    const [row] = await server.database.system.rows<{ id: string }>(sql`
      select m.id from member m join person p on p.id = m.person_id where p.email = ${person.email}`)
    return row?.id as string
  }
  const companyOf = ({ kind, customer, partner }: Owner) =>
    ({ customer: customer.id, partner: partner.id, vendor: undefined })[kind]
  const ownPassword = async ({ portal }: Owner) => ({ body: { password: portal.person.password } })

  return {
    signInWithCode: async () => {
      const portal = await somebody()
      const code = codeOf(await withTwoFactor(portal))
      return { cookie: (await asked('/session', portal.person)).cookie, body: { code } }
    },
    challengePasskey: nothing,
    signInWithPasskey: async () => {
      const authenticator = await withPasskey(await somebody())
      const { cookie, body } = await asked('/session/passkey-challenge')
      return { cookie, body: { response: authenticator.get(body.options) } }
    },
    confirmSession: ownPassword,
    checkConfirmation: nothing,
    registerAccount: async () => ({ body: { name: text(), email: address(), password } }),
    verifyAccount: async () => {
      const email = address()
      await asked('/accounts', { name: text(), email, password })
      return { body: { token: await tokenMailedTo(server, email), password } }
    },
    requestPasswordReset: async () => ({ body: { email: (await somebody()).person.email } }),
    resetPassword: async () => {
      const { email } = (await somebody()).person
      await asked('/password-resets', { email })
      return { body: { token: await tokenMailedTo(server, email), password } }
    },
    confirmEmailChange: async () => {
      const email = address()
      await (await somebody()).send('POST', '/account/email-changes', { email })
      return { body: { token: await tokenMailedTo(server, email) } }
    },
    getAccount: nothing,
    updateAccount: async () => ({ body: { name: text() } }),
    changePassword: async ({ portal }) => ({ body: { current: portal.person.password, wanted: password } }),
    requestEmailChange: async () => ({ body: { email: address() } }),
    listSessions: nothing,
    endSession: async ({ portal }) => {
      await asked('/session', portal.person)
      const { sessions } = await portal.send<{ sessions: { id: string; current: boolean }[] }>('GET', '/account/sessions')
      return { params: { sessionId: sessions.find(({ current }) => !current)?.id as string } }
    },
    endSessions: nothing,
    setUpTwoFactor: ownPassword,
    confirmTwoFactor: async ({ portal }) => ({ body: { code: codeOf((await begin(portal)).secret) } }),
    renewRecoveryCodes: async (owner) => {
      await withTwoFactor(owner.portal)
      return ownPassword(owner)
    },
    disableTwoFactor: async (owner) => {
      await withTwoFactor(owner.portal)
      return ownPassword(owner)
    },
    challengeNewPasskey: nothing,
    addPasskey: async ({ portal }) => {
      const { options } = await portal.send<{ options: object }>('POST', '/account/passkey-challenge')
      return { body: { name: text(), response: softAuthenticator(server.context.config.url).create(options) } }
    },
    removePasskey: async ({ portal }) => {
      await withPasskey(portal)
      const { passkeys } = await portal.send<{ passkeys: { id: string }[] }>('GET', '/account')
      return { params: { passkeyId: passkeys[0]?.id as string } }
    },
    resetMemberTwoFactor: async (owner) => {
      const member = await somebody(companyOf(owner))
      await withTwoFactor(member)
      return { params: { memberId: await memberId(member) } }
    },
    endMemberSessions: async (owner) => ({ params: { memberId: await memberId(await somebody(companyOf(owner))) } }),
    getSignInSettings: nothing,
    updateSignInSettings: async () => ({ body: { requiresTwoFactor: false } }),
  }
}
