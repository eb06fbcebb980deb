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

/** The same where it is stored, or bound into a list: PostgreSQL's text holds no NUL. */
export const storedId = givenId.refine((id) => !id.includes('\0'), 'holds a NUL: remove it')

export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email('is not an email address, such as name@example.com'))
  .describe('Kept in lower case.')

/**
 * A moment as a caller gives it (RFC 3339, with Z or an offset), then in milliseconds and Z: PostgreSQL refuses offsets of 16
 * hours and more, and rounds what is finer. Years are bound, since not every one can be stored and answered in this form.
 */
export const givenInstant = z.iso
  .datetime({ offset: true, error: 'is not a time such as 2027-01-31T00:00:00Z' })
  .overwrite((text) => (Number.isNaN(Date.parse(text)) ? text : new Date(text).toISOString()))
  .refine((text) => text >= '1970' && text < '3000', 'must lie between the years 1970 and 2999')
  .describe('RFC 3339, with Z or an offset, between the years 1970 and 2999.')

/** A moment as we answer it: milliseconds and Z. */
export const instant = z.iso.datetime()

/** A time zone that JavaScript knows, PostgreSQL knows too: both have the names of the tz database. */
export const timeZone = z
  .string()
  .max(60)
  .regex(/^[A-Za-z0-9_+/-]+$/)
  .refine(isTimeZone, 'is no time zone such as Europe/Berlin')

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
