import type { ManagementSchemas } from '@assent/client'

/** What was answered, as far as words for it need to know. */
export interface Answered {
  /** The server's sentence, in English, which may say more than the portal's own. */
  told: string
  /** Of a request that the server could not take: the property that does not fit. */
  field: string | undefined
  /** After how many seconds it may be asked again. */
  waitSeconds: number | undefined
}

/** The portal's own words for a problem: what it is, and what a person does about it. */
export interface OwnWords {
  title: string
  detail: string | ((answered: Answered) => string)
}

type ProblemBody = Partial<ManagementSchemas['Problem']>

/**
 * A problem in the portal's own words, by its code. Null where it has none, as most in English: the server's do. They are loaded with
 * the first problem; where they cannot be, the server's have to do.
 */
export async function ownWordsFor(
  code: string,
  { detail = '', errors }: ProblemBody,
  headers: Headers,
): Promise<{ title: string; detail: string } | null> {
  const words = await import('./texts/problem-words.ts').then(
    ({ problemWords }) => problemWords[code],
    () => undefined,
  )
  if (words === undefined) return null
  const wait = Number(headers.get('retry-after') ?? Number.NaN)
  const answered: Answered = {
    told: detail,
    field: fieldOf(errors?.[0]?.where ?? detail),
    waitSeconds: Number.isFinite(wait) ? wait : undefined,
  }
  return { title: words.title, detail: typeof words.detail === 'string' ? words.detail : words.detail(answered) }
}

/** `body.networks.0` → `networks`. */
function fieldOf(place: string): string | undefined {
  return /^body\.(\w+)/.exec(place)?.[1]
}
