import { z } from 'zod'

/** What notices about a key, a gateway or an access token tell: nothing of its secret. */
export const whoseWhat = z.object({
  company: z.string(),
  /** Of the key, the gateway or the token. */
  name: z.string(),
  /** Who did it, as people call them. */
  by: z.string(),
  /** RFC 3339, in UTC. */
  at: z.string(),
})

/** The facts of such a notice; `what`: the word before the name. */
export function factsOf(what: string, { company, name, by, at }: z.infer<typeof whoseWhat>): [string, string][] {
  return [
    [what, name],
    ['Company', company],
    ['By', by],
    ['When', moment(at)],
  ]
}

/** A moment as mails say it, to the minute: 2026-11-24 18:40 UTC. */
export function moment(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`
}

/** What to do where nobody in the company knows of it. */
export const notKnown = 'If nobody in your company knows about this, sign in and look at Administration now.'
