import { createHmac } from 'node:crypto'
import type * as OpenIdClient from 'openid-client'
import type { Context } from '../context.ts'
import { unseal } from '../domain/sealed.ts'
import { providerPurpose, redirectUriOf, signOutUriOf } from '../domain/sign-in-provider.ts'
import { line } from '../domain/text.ts'
import { problem } from '../http/problem.ts'
import type { ProviderRow } from '../store/sign-in-providers.ts'

/** Of a document that a provider sends. */
const answerMax = 128 * 1024
/** For all that is asked of a provider within one request of ours, each part of which has this much. */
const withinSeconds = 10
/** How long ago somebody may have signed in at the provider who is to prove to be there still. */
const againWithinSeconds = 5 * 60

/** Of an ID token that goes along to the provider's sign-out, in an address. */
const signOutHintMax = 6000

/** Loaded with the first sign-in at a provider: most servers never need it, and it takes 6 MB. */
const openIdClient = (): Promise<typeof OpenIdClient> => import('openid-client')

/** A provider that can be asked: with its metadata, as they are now. Nothing of it is kept between requests. */
export type Provider = { configuration: OpenIdClient.Configuration }

/** What a provider says about who signed in. */
export interface ProviderClaims {
  /** In lower case, and verified by the provider. */
  email: string
  /** What it calls the person; null: nothing that can be a name here. */
  name: string | null
  /** When the person last gave proof there; null: not said. */
  provedAt: Date | null
  /** Where the browser signs out there, and comes back; null: the provider has no such address. It holds the ID token, which is a secret. */
  signOutUrl: string | null
}

/** What a sign-in under way is known by: one secret of the browser's, and what follows from it. */
export interface Flow {
  state: string
  nonce: string
  verifier: string
}

export function flowOf(secret: string): Flow {
  const derived = (purpose: string) => createHmac('sha256', secret).update(purpose).digest('base64url')
  return { state: derived('state'), nonce: derived('nonce'), verifier: derived('verifier') }
}

/** Reads the provider's metadata, by the one guarded way. Throws provider-failed. */
export async function openProvider(
  context: Context,
  { issuer, clientId, clientSecret }: { issuer: string; clientId: string; clientSecret: string },
): Promise<Provider> {
  const plain = new URL(issuer).protocol === 'http:'
  const client = await openIdClient()
  try {
    const found = await client.discovery(new URL(issuer), clientId, undefined, undefined, {
      [client.customFetch]: guarded(context),
      timeout: withinSeconds,
      // Whether plain HTTP may be asked is the guarded function's to say: where the operator lists the host.
      execute: plain ? [client.allowInsecureRequests] : [],
    })
    const metadata = found.serverMetadata()
    // The library would let one issuer stand for those of all tenants (Entra's "common"), any of whom could then say who somebody is.
    if (new URL(metadata.issuer).href !== new URL(issuer).href) throw failed('Its metadata name another issuer.')
    const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const authentication = methods.includes('client_secret_basic') ? client.ClientSecretBasic : client.ClientSecretPost
    const configuration = new client.Configuration(metadata, clientId, undefined, authentication(clientSecret))
    configuration[client.customFetch] = guarded(context)
    configuration.timeout = withinSeconds
    if (plain) client.allowInsecureRequests(configuration)
    // Signatures are checked also where TLS alone would do.
    client.enableNonRepudiationChecks(configuration)
    return { configuration }
  } catch (error) {
    throw providerFailure(context, client, error, failed)
  }
}

/** The provider of a company, with its client's secret. */
export async function providerOf(context: Context, row: ProviderRow): Promise<Provider> {
  const clientSecret = unseal(row.sealedSecret, row.secretName, providerPurpose, context.secrets)
  if (clientSecret === null) throw failed('Its secret was sealed under a secret that this server no longer has. Enter it anew.')
  return openProvider(context, { ...row, clientSecret })
}

/** Where the browser is sent. `again`: its person is to prove to be there, whatever session the provider has of it. */
export async function addressToSignIn(
  context: Context,
  { configuration }: Provider,
  { state, nonce, verifier }: Flow,
  again: boolean,
): Promise<string> {
  const client = await openIdClient()
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUriOf(context.config.url),
    scope: 'openid email profile',
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(again ? { prompt: 'login', max_age: String(againWithinSeconds) } : {}),
  })
  // The portal sends the browser there: an address such as javascript:… would run in it.
  if (!mayBeOpened(url, configuration)) throw failed('Its metadata name an address that is not of HTTPS.')
  return url.href
}

function mayBeOpened(url: URL, configuration: OpenIdClient.Configuration): boolean {
  return url.protocol === 'https:' || url.protocol === new URL(configuration.serverMetadata().issuer).protocol
}

/**
 * Where a browser signs out at the provider (OpenID Connect RP-Initiated Logout 1.0) and is led back to the portal's sign-in. Null where its metadata
 * name no address for it, or none that the portal may open.
 */
function addressToSignOut(
  { config }: Context,
  client: typeof OpenIdClient,
  configuration: OpenIdClient.Configuration,
  idToken: string,
): string | null {
  const endpoint = configuration.serverMetadata().end_session_endpoint
  if (endpoint === undefined || !URL.canParse(endpoint) || !mayBeOpened(new URL(endpoint), configuration)) return null
  return client.buildEndSessionUrl(configuration, {
    post_logout_redirect_uri: signOutUriOf(config.url),
    // Too long for an address, it is left out: the provider then asks its person.
    ...(idToken.length <= signOutHintMax ? { id_token_hint: idToken } : {}),
  }).href
}

/**
 * Who signed in, by what the provider led back with (`parameters`: a query). The library checks state, issuer, code, and the ID token: its
 * signature, issuer, audience, nonce, times. Throws provider-refused.
 */
export async function claimsFrom(
  context: Context,
  { configuration }: Provider,
  { state, nonce, verifier }: Flow,
  { parameters, again }: { parameters: string; again: boolean },
): Promise<ProviderClaims> {
  const url = new URL(redirectUriOf(context.config.url))
  url.search = parameters
  const client = await openIdClient()
  try {
    const tokens = await client.authorizationCodeGrant(configuration, url, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
      ...(again ? { maxAge: againWithinSeconds } : {}),
    })
    const claims = tokens.claims() as OpenIdClient.IDToken
    const told = claims.email === undefined ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub) : claims
    const { email, email_verified: verified } = told
    if (typeof email !== 'string' || email === '') throw refused('It does not say which email address you have.')
    if (verified !== true) throw refused('It does not say that it has verified your email address.')
    const provedAt = typeof claims.auth_time === 'number' ? new Date(claims.auth_time * 1000) : null
    return {
      email: email.trim().toLowerCase(),
      name: line(100).safeParse(told.name ?? claims.name).data ?? null,
      provedAt,
      signOutUrl: addressToSignOut(context, client, configuration, tokens.id_token as string),
    }
  } catch (error) {
    throw providerFailure(context, client, error, refused)
  }
}

const failed = (why: string) => problem('provider-failed', { detail: `The provider cannot be used. ${why}` })
const refused = (why: string) => problem('provider-refused', { detail: `The provider's sign-in is not accepted. ${why}` })

/** What a provider did wrong, as the problem that its people are told; a bug of ours stays one. */
function providerFailure(context: Context, client: typeof OpenIdClient, error: unknown, as: typeof failed): unknown {
  if (error instanceof NotAnswered) return as(error.message)
  if (error instanceof client.AuthorizationResponseError) return as(`It says: ${said(error.error)}.`)
  if (error instanceof client.ResponseBodyError) return as(`It says: ${said(error.error)}.`)
  if (error instanceof client.ClientError || error instanceof client.WWWAuthenticateChallengeError) {
    // Not the error itself: what it has with it may be claims, or a whole answer.
    context.log.info({ said: error.message, code: error.code }, 'a sign-in provider did not answer as it should')
    return as(`It did not answer as it should (${said(error.message)}).`)
  }
  return error
}

function said(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, ' ').slice(0, 100)
}

class NotAnswered extends TypeError {}

/** The library's requests, by the guarded function: no redirect is followed, and an answer that is not whole, or too long, is none. */
function guarded({ outside }: Context): OpenIdClient.CustomFetch {
  return async (url, { method, headers, body, signal }) => {
    const answered = await outside({
      url,
      method: method === 'POST' ? 'POST' : 'GET',
      headers,
      ...(body === undefined || body === null ? {} : { body: bodyOf(body) }),
      answerMax,
      ...(signal ? { signal } : {}),
    })
    if (answered.state !== 'answered') throw new NotAnswered(answered.error)
    if (answered.cut) throw new NotAnswered('Its answer is too long, or was not whole in time.')
    const { status } = answered
    const empty = status === 204 || status === 205 || status === 304
    return new Response(empty ? null : new Uint8Array(answered.body), {
      status: status < 200 ? 500 : status,
      headers: answered.headers,
    })
  }
}

function bodyOf(body: OpenIdClient.FetchBody): string {
  if (typeof body === 'string') return body
  if (body instanceof URLSearchParams) return body.toString()
  throw new Error('The library of sign-in providers sends a body of another kind.')
}
