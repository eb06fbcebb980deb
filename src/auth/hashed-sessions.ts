import { createHash } from 'node:crypto'
import type { DBAdapter, DBTransactionAdapter, Where } from 'better-auth/adapters'

type Row = Record<string, unknown>

/** What the database holds in place of a session's token: 190 random bits need no salt and no slow hash. */
export function tokenDigest(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/**
 * An adapter of the accounts library under which `session.token` is a digest in the database and the token itself in the
 * library, which sets it as a cookie (I8): what is in the database cannot be used as one. Sessions that were not looked up by
 * their token come back with the digest, which is of no use to anybody.
 */
export function hashedSessions(adapter: DBAdapter): DBAdapter {
  return { ...adapter, ...hashing(adapter), transaction: (work) => adapter.transaction((tx) => work({ ...tx, ...hashing(tx) })) }
}

type Hashing = Pick<
  DBTransactionAdapter,
  'create' | 'findOne' | 'findMany' | 'count' | 'update' | 'updateMany' | 'delete' | 'deleteMany' | 'consumeOne' | 'incrementOne'
>

function hashing(inner: DBTransactionAdapter): Hashing {
  return {
    create: async (given) =>
      revealed(await inner.create({ ...given, data: digested(given.model, given.data) }), tokensIn(given.model, [given.data])),
    findOne: async (given) => revealed(await inner.findOne(where(given)), tokensIn(given.model, given.where)),
    findMany: async (given) => {
      const tokens = tokensIn(given.model, given.where)
      return (await inner.findMany(where(given))).map((row) => revealed(row, tokens)) as never
    },
    count: (given) => inner.count(where(given)),
    update: async (given) =>
      revealed(
        await inner.update({ ...where(given), update: digested(given.model, given.update) }),
        tokensIn(given.model, [...given.where, given.update]),
      ),
    updateMany: (given) => inner.updateMany({ ...where(given), update: digested(given.model, given.update) }),
    delete: (given) => inner.delete(where(given)),
    deleteMany: (given) => inner.deleteMany(where(given)),
    consumeOne: async (given) => revealed(await inner.consumeOne(where(given)), tokensIn(given.model, given.where)),
    incrementOne: async (given) => revealed(await inner.incrementOne(where(given)), tokensIn(given.model, given.where)),
  }
}

function digested<Data extends Row>(model: string, data: Data): Data {
  return model === 'session' && typeof data.token === 'string' ? { ...data, token: tokenDigest(data.token) } : data
}

function where<Given extends { model: string; where?: Where[] | undefined }>(given: Given): Given {
  if (given.model !== 'session' || given.where === undefined) return given
  return {
    ...given,
    where: given.where.map((one) => {
      if (one.field !== 'token') return one
      if (Array.isArray(one.value)) return { ...one, value: one.value.map((token) => tokenDigest(String(token))) }
      return typeof one.value === 'string' ? { ...one, value: tokenDigest(one.value) } : one
    }),
  }
}

/** The tokens that a call named, by their digests. */
function tokensIn(model: string, places: readonly (Where | Row)[] | undefined): Map<unknown, string> {
  const tokens = new Map<unknown, string>()
  if (model !== 'session') return tokens
  for (const place of places ?? []) {
    const named = 'field' in place ? (place.field === 'token' ? [place.value].flat() : []) : [(place as Row).token]
    for (const token of named) if (typeof token === 'string') tokens.set(tokenDigest(token), token)
  }
  return tokens
}

function revealed<Result>(row: Result, tokens: Map<unknown, string>): Result {
  const stored = row === null || typeof row !== 'object' ? undefined : tokens.get((row as Row).token)
  return stored === undefined ? row : { ...row, token: stored }
}
