import { z } from 'zod'

/** A line that a person writes: trimmed, 1 to `lengthMax` characters, without line breaks and other control characters. */
export function line(lengthMax: number) {
  return z
    .string()
    .trim()
    .min(1, 'is empty')
    .max(lengthMax, `has more than ${lengthMax} characters`)
    .refine((text) => !/\p{Cc}/u.test(text) && text.isWellFormed(), 'holds a control character: remove it')
}

/** An id as a caller gives it: any short text, since one that is no id of ours is simply not found. */
export const givenId = z.string().min(1).max(200)

export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email('is not an email address, such as name@example.com'))
  .describe('Kept in lower case.')

/** A moment as a caller gives it (RFC 3339, with Z or an offset). */
export const givenInstant = z.iso
  .datetime({ offset: true, error: 'is not a time such as 2027-01-31T00:00:00Z' })
  .describe('RFC 3339, with Z or an offset.')

/** A moment as we answer it: milliseconds and Z. */
export const instant = z.iso.datetime()
