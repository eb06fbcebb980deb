import { randomBytes } from 'node:crypto'
import type { Door } from './door.ts'
import type { Owner, Parts } from './management-requests.ts'
import type { Portal } from './portal-session.ts'
import type { TestServer } from './server.ts'
import { type ProviderOfTest, startProvider } from './sign-in-provider.ts'

/** One provider a server: it goes with the tests' own process. */
const started = new WeakMap<TestServer, Promise<ProviderOfTest>>()

function providerFor(server: TestServer): Promise<ProviderOfTest> {
  const known = started.get(server) ?? startProvider(`${server.url}/sign-in/return`)
  started.set(server, known)
  return known
}

/** For each operation of single sign-on a request that its owner may make, and that then succeeds. The server may ask 127.0.0.1. */
export function providerRequests(door: Door, server: TestServer): Record<string, (owner: Owner) => Promise<Parts>> {
  const settings = async () => {
    const { issuer, clientId, clientSecret } = await providerFor(server)
    const name = randomBytes(6).toString('hex')
    return { ...{ name, issuer, clientId, clientSecret }, enabled: true, required: false, countsAsTwoFactors: true }
  }
  const set = async (portal: Portal) => {
    const body = await settings()
    await portal.send('PUT', '/sign-in-provider', body)
    return body.name
  }
  const fresh = async () => {
    const { id } = await door.vendor<{ id: string }>('POST', '/companies', {
      kind: 'customer',
      name: randomBytes(6).toString('hex'),
    })
    const portal = await door.account(id)
    return { portal, id, name: await set(portal) }
  }
  return {
    beginProviderSignIn: async () => ({ body: { name: (await fresh()).name } }),
    signInWithProvider: async () => {
      const { portal, name } = await fresh()
      const begun = await fetch(`${server.url}/api/v1/session/provider-challenge`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: server.url },
        body: JSON.stringify({ name }),
      })
      const { url } = (await begun.json()) as { url: string }
      const cookie = begun.headers.getSetCookie().map((one) => one.split(';', 1)[0])
      const parameters = await (await providerFor(server)).walk(url, portal.person.email)
      return { cookie: cookie.join('; '), body: { parameters } }
    },
    getSignInProvider: async () => ({}),
    setSignInProvider: async () => ({ body: await settings() }),
    turnOffSingleSignOn: async () => ({ params: { companyId: (await fresh()).id } }),
    removeSignInProvider: async ({ portal }) => {
      await set(portal)
      return {}
    },
  }
}
