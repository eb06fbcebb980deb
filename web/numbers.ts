import { locale } from './texts/language.ts'

const whole = new Intl.NumberFormat(locale)
const short = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 })
const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
const fine = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })

/** A count as it is written: 1234567 → "1,234,567". */
export function countText(count: number): string {
  return whole.format(count)
}

/** A size in words: 1,234,567 → "1.23 MB". */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  return `${short.format(bytes / 1000 ** power)} ${units[power]}`
}

/** A measured number with its unit, as far as anybody reads it. */
export function valueText(value: number, unit: string | undefined): string {
  const number = (Math.abs(value) < 10 ? fine : plain).format(value)
  return unit === undefined ? number : `${number}\u00a0${unit}`
}

/** How long, as anybody would say it: 40 → "40 seconds", 3000 → "50 minutes". */
export function durationText(seconds: number): string {
  const unit = seconds < 90 ? 'second' : seconds < 5400 ? 'minute' : 'hour'
  const count = Math.ceil(seconds / { second: 1, minute: 60, hour: 3600 }[unit])
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count)
}
