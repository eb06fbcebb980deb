import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { getAdapter } from 'better-auth/db/adapter'
import { PostgresDialect, type PostgresPool } from 'kysely'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { derivedKey } from '../domain/server-secrets.ts'
import { hashedSessions } from './hashed-sessions.ts'

/** Seconds that a session lasts after its last use, and how old that use may be before it is written down. */
const sessionSeconds = 7 * 24 * 60 * 60
const sessionUpdateSeconds = 24 * 60 * 60

export const passwordLengthMin = 12
export const passwordLengthMax = 128

/** A password that somebody chooses. */
export const newPassword = z
  .string()
  .min(passwordLengthMin, `must have ${passwordLengthMin} characters or more`)
  .max(passwordLengthMax, `must have ${passwordLengthMax} characters or fewer`)

/** The header in which the address of a caller is handed to the library: it is never read from a request. */
const addressHeader = 'x-assent-address'

/** From where somebody signs in. */
export interface Whence {
  address: string
  userAgent: string | undefined
}

/** People's accounts and sessions. `cookies` are Set-Cookie headers for the answer. */
export interface Accounts {
  /** Null where address and password do not belong together; it takes as long whether or not the address has an account. */
  signIn(
    email: string,
    password: string,
    whence: Whence,
  ): Promise<{ personId: string; sessionId: string; cookies: string[] } | null>
  /** Whose session a Cookie header holds. Null: nobody's, now. */
  sessionOf(cookie: string): Promise<{ personId: string; sessionId: string; cookies: string[] } | null>
  /** Takes the session's cookie away from the browser. */
  forgetting(): string[]
}

/** The accounts library on our tables (0001-companies.sql). It is called here alone: its own HTTP handler is not mounted. */
export async function openAccounts(context: Context): Promise<Accounts> {
  const secure = context.config.url.startsWith('https:')
  const options = optionsFor(context, secure)
  const pool = context.db.accountsPool as unknown as PostgresPool
  const adapter = await getAdapter({ ...options, database: { dialect: new PostgresDialect({ pool }), type: 'postgres' } })
  const auth = betterAuth({ ...options, database: () => hashedSessions(adapter) })
  const { sessionToken } = (await auth.$context).authCookies

  return {
    signIn: async (email, password, whence) => {
      const headers = new Headers({ [addressHeader]: whence.address, 'user-agent': whence.userAgent ?? '' })
      try {
        const { response, headers: answered } = await auth.api.signInEmail({
          body: { email, password },
          headers,
          returnHeaders: true,
        })
        const cookies = answered.getSetCookie()
        const session = await auth.api.getSession({
          headers: new Headers({ cookie: cookies.map((one) => one.split(';', 1)[0]).join('; ') }),
        })
        return session === null ? null : { personId: response.user.id, sessionId: session.session.id, cookies }
      } catch (error) {
        if (isRefusal(error)) return null
        throw error
      }
    },
    sessionOf: async (cookie) => {
      if (!cookie.includes(sessionToken.name)) return null
      const { response, headers } = await auth.api.getSession({ headers: new Headers({ cookie }), returnHeaders: true })
      return response === null
        ? null
        : { personId: response.user.id, sessionId: response.session.id, cookies: headers.getSetCookie() }
    },
    forgetting: () => [`${sessionToken.name}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`],
  }
}

function optionsFor(context: Context, secure: boolean) {
  return {
    appName: 'Assent',
    baseURL: context.config.url,
    secret: derivedKey(context.secrets.current, 'accounts').toString('base64'),
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLengthMin,
      maxPasswordLength: passwordLengthMax,
    },
    user: {
      modelName: 'person',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    session: {
      modelName: 'session',
      fields: {
        userId: 'person_id',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        expiresAt: 'expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      expiresIn: sessionSeconds,
      updateAge: sessionUpdateSeconds,
      cookieCache: { enabled: false },
    },
    account: {
      modelName: 'sign_in_method',
      fields: {
        userId: 'person_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'verification',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
      storeIdentifier: 'hashed',
    },
    advanced: {
      cookiePrefix: 'assent',
      useSecureCookies: secure,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    logger: {
      level: 'warn',
      log: (level, message) => context.log[level === 'error' ? 'error' : 'debug']({ accounts: message }, 'accounts library'),
    },
  } as const satisfies BetterAuthOptions
}

/** Whether the library refused what a person gave, rather than failed. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof Error &&
    'statusCode' in error &&
    typeof error.statusCode === 'number' &&
    error.statusCode >= 400 &&
    error.statusCode < 500
  )
}
