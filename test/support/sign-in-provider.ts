import { createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

/** A real OpenID Connect provider in this process, on a free port, by plain HTTP. */
export interface ProviderOfTest {
  issuer: string
  clientId: string
  clientSecret: string
  /** What it says of whoever signs in as the key; of others that they have that address, verified. */
  people: Map<string, object>
  /** What it says otherwise in its next ID token; `key`: signed by another key under the same name. */
  lieOnce(claims: Record<string, unknown>, key?: 'another key'): void
  /** All paths that it was asked for. */
  asked: string[]
  /** Signs in there as a browser would, following redirects, and answers the query that it leads back with. A jar keeps its own session. */
  walk(url: string, login: string, jar?: Map<string, string>): Promise<string>
  /** Signs out there at an address of ours with what a jar keeps, and answers where that leads. */
  signOut(url: string, jar: Map<string, string>): Promise<string>
  close(): Promise<void>
}

const clientId = 'assent'

/** `redirectUri`: where it may lead back to. */
export async function startProvider(redirectUri: string): Promise<ProviderOfTest> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const [own, another] = [
    generateKeyPairSync('rsa', { modulusLength: 2048 }),
    generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ]
  const clientSecret = randomBytes(24).toString('base64url')
  const people = new Map<string, object>()
  const asked: string[] = []
  let lie: { claims: Record<string, unknown>; key: KeyObject } | undefined

  const provider = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] },
        post_logout_redirect_uris: [new URL('/sign-in', redirectUri).href],
      },
    ],
    jwks: { keys: [{ ...own.privateKey.export({ format: 'jwk' }), kid: 'own', use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['of the tests'] },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 3600, IdToken: 600, Interaction: 600, Session: 3600 },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, email: id, email_verified: true, ...people.get(id) }),
    }),
    // Nobody is asked whether the portal may learn the address.
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({ accountId: ctx.oidc.session?.accountId, clientId: ctx.oidc.client?.clientId })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
  provider.use(async (ctx, next) => {
    asked.push(ctx.path)
    await next()
    const { body } = ctx as { body?: { id_token?: string } }
    if (ctx.path !== '/token' || lie === undefined || body?.id_token === undefined) return
    const [head = '', claims = ''] = body.id_token.split('.')
    const told = { ...JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')), ...lie.claims }
    const signed = `${head}.${Buffer.from(JSON.stringify(told)).toString('base64url')}`
    body.id_token = `${signed}.${createSign('RSA-SHA256').update(signed).sign(lie.key, 'base64url')}`
    lie = undefined
  })
  server.on('request', provider.callback()).unref()

  return {
    ...{ issuer, clientId, clientSecret, people, asked },
    lieOnce: (claims, key) => {
      lie = { claims, key: key === undefined ? own.privateKey : another.privateKey }
    },
    walk: async (url, login, jar = new Map()) => {
      const form = { prompt: 'login', login, password: 'x' }
      return (await walk(url, { form, jar, until: (to) => to.startsWith(redirectUri) })).search.slice(1)
    },
    signOut: async (url, jar) => (await walk(url, { form: { logout: 'yes' }, jar, until: (to) => !to.startsWith(issuer) })).href,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const stepsMax = 20

/** Follows redirects and sends the provider's forms, with what a person would have entered, until it leads to what `until` is looking for. */
async function walk(
  url: string,
  { form: entered, jar, until }: { form: Record<string, string>; jar: Map<string, string>; until: (href: string) => boolean },
): Promise<URL> {
  let next: { url: string; form?: string } = { url }
  for (let step = 0; step < stepsMax; step += 1) {
    const { form } = next
    const answer = await fetch(next.url, {
      redirect: 'manual',
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      jar.set(name, value)
    }
    const location = answer.headers.get('location')
    const page = await answer.text()
    if (location !== null) {
      const to = new URL(location, next.url)
      if (until(to.href)) return to
      next = { url: to.href }
    } else {
      const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1]
      if (action === undefined) throw new Error(`The provider shows no form: ${answer.status} ${page}`)
      const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1]
      next = {
        url: new URL(action, next.url).href,
        form: new URLSearchParams({ ...entered, ...(xsrf === undefined ? {} : { xsrf }) }).toString(),
      }
    }
  }
  throw new Error('The provider leads in circles.')
}
