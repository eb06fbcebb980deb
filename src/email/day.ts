/** A day as mails name it: "24 December 2026". `at` is RFC 3339; the day is that of UTC, since no mail knows where it is read. */
export function dayInWords(at: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(at))
}
