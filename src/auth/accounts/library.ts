import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { getAdapter } from 'better-auth/db/adapter'
import { PostgresDialect, type PostgresPool } from 'kysely'
import type { Context } from '../../context.ts'
import type { Actor, Transaction } from '../../store/database.ts'
import { hashedSessions } from '../hashed-sessions.ts'
import { libraryPool } from '../library-pool.ts'
import type { Whence } from '../whence.ts'
import { addressHeader, optionsFor, type Told } from './options.ts'

/** The accounts library on our tables. It is called in this folder alone: its own HTTP handler is not mounted. */
export type Library = Awaited<ReturnType<typeof openLibrary>>

export async function openLibrary(context: Context) {
  const secure = context.config.url.startsWith('https:')
  const telling = new AsyncLocalStorage<Told[]>()
  const options = optionsFor(context, secure, (told) => telling.getStore()?.push(told))
  const { pool, inTransaction } = libraryPool(context.db)
  const dialect = new PostgresDialect({ pool: pool as unknown as PostgresPool })
  const adapter = await getAdapter({ ...options, database: { dialect, type: 'postgres' } })
  const auth = betterAuth({ ...options, database: () => hashedSessions(adapter) })
  const own = await auth.$context

  return {
    context,
    auth,
    own,
    sessionCookie: own.authCookies.sessionToken.name,
    codeCookie: own.createAuthCookie('two_factor').name,
    passkeyCookie: own.createAuthCookie('passkey_challenge').name,
    secure,
    /**
     * One transaction of ours for what the library is asked in `work`, for the mails that it would send (`told`), and for what
     * is written beside it. A refusal that is thrown takes all of it back, so what a refusal counts is caught inside (`refused`).
     */
    within: <Result>(actor: Actor, work: (tx: Transaction, told: Told[]) => Promise<Result>): Promise<Result> =>
      context.db.transaction('accounts', actor, (tx) => {
        const told: Told[] = []
        return inTransaction(tx, () => telling.run(told, () => work(tx, told)))
      }),
    /** What the library is given in place of a request: never the request's own headers, so its Host and Origin are not asked. */
    headers: ({ address, userAgent }: Whence, cookie = '') =>
      new Headers({
        [addressHeader]: address,
        origin: context.config.url,
        'user-agent': userAgent ?? '',
        ...(cookie === '' ? {} : { cookie }),
      }),
  }
}

/** The result, or null where the library refused what a person gave. What else went wrong is thrown. */
export async function unlessRefused<Result>(work: Promise<Result>): Promise<Result | null> {
  try {
    return await work
  } catch (error) {
    if (isRefusal(error)) return null
    throw error
  }
}

/** Whether the library refused what a person gave, rather than failed. */
export function isRefusal(error: unknown): error is Error & { statusCode: number } {
  return (
    error instanceof Error &&
    'statusCode' in error &&
    typeof error.statusCode === 'number' &&
    error.statusCode >= 400 &&
    error.statusCode < 500
  )
}

/** The Cookie header that a browser would send after these Set-Cookie headers. */
export function cookieHeader(cookies: readonly string[]): string {
  return cookies.map((one) => one.split(';', 1)[0]).join('; ')
}

/** A Cookie header with these cookies alone, so that the library does not take another one of the same browser into account. */
export function onlyCookies(header: string | undefined, ...names: string[]): string {
  return (header ?? '')
    .split(';')
    .map((one) => one.trim())
    .filter((one) => names.includes(one.split('=', 1)[0] as string))
    .join('; ')
}

/** What is kept of a token in a mail's link, to know it again. */
export function linkDigest(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
