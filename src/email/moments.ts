const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })

/** A moment (RFC 3339) as a mail says it: whoever reads it may be anywhere, so the zone stands with it. */
export function momentInWords(instant: string): string {
  return `${format.format(new Date(instant))} UTC`
}
