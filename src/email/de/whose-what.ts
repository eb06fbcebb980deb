import type { whoseWhat } from '../whose-what.ts'
import { momentInWords } from './locale.ts'
import { whoInWords } from './who.ts'

/** The facts of a notice about a key, a gateway or an access token; `what`: the word before the name. */
export function factsOf(what: string, { company, name, by, at }: ReturnType<typeof whoseWhat.parse>): [string, string][] {
  return [
    [what, name],
    ['Unternehmen', company],
    ['Durch', whoInWords(by)],
    ['Wann', momentInWords(at)],
  ]
}

/** What to do where nobody in the company knows of it. */
export const notKnown =
  'Falls in Ihrem Unternehmen niemand davon weiß, melden Sie sich gleich an, und sehen Sie unter Verwaltung nach.'
