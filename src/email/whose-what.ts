import { z } from 'zod'
import { momentInWords } from './locale.ts'
import { who, whoInWords } from './who.ts'

/** What notices about a key, a gateway or an access token tell: nothing of its secret. */
export const whoseWhat = z.object({
  company: z.string(),
  /** Of the key, the gateway or the token. */
  name: z.string(),
  by: who,
  /** RFC 3339, in UTC. */
  at: z.string(),
})

/** The facts of such a notice; `what`: the word before the name. */
export function factsOf(what: string, { company, name, by, at }: z.infer<typeof whoseWhat>): [string, string][] {
  return [
    [what, name],
    ['Company', company],
    ['By', whoInWords(by)],
    ['When', momentInWords(at)],
  ]
}

/** What to do where nobody in the company knows of it. */
export const notKnown = 'If nobody in your company knows about this, sign in and look at Administration now.'
