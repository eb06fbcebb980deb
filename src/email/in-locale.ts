/** How a locale writes what stands in mails' words. */
export interface Locale {
  /** A moment (RFC 3339): whoever reads it may be anywhere, so the zone stands with it. */
  moment(instant: string): string
  /** A day, such as "24 December 2026", of a moment (RFC 3339): that of UTC, since no mail knows where it is read. */
  day(instant: string): string
  number(value: number): string
  /** The words for one, or for any other number. */
  plural(value: number, words: { one: string; other: string }): string
}

export function inLocale(locale: string): Locale {
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const numbers = new Intl.NumberFormat(locale)
  const plurals = new Intl.PluralRules(locale)
  return {
    moment: (instant) => `${moments.format(new Date(instant))} UTC`,
    day: (instant) => days.format(new Date(instant)),
    number: (value) => numbers.format(value),
    plural: (value, words) => (plurals.select(value) === 'one' ? words.one : words.other),
  }
}
