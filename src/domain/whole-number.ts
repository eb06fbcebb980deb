import { z } from 'zod'

/** A whole number in a query. What is none is told what one is: as a coerced number it would be NaN, which nobody has sent. */
export function wholeNumber(min: number, max = Number.MAX_SAFE_INTEGER) {
  const said = `is not a whole number ${max === Number.MAX_SAFE_INTEGER ? `of ${min} or more` : `from ${min} to ${max}`}`
  return z.coerce.number(said).int(said).min(min, said).max(max, said)
}
