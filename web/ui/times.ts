import { useSyncExternalStore } from 'react'
import { locale } from '../texts/language.ts'
import { portalTexts as texts } from '../texts/portal.ts'

const minute = 60_000
const day = 24 * 60 * minute

const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' })
const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' })
const dateWithTime = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })

/** Day and time to the second, in the viewer's zone, which it names. */
export function exactTime(iso: string): string {
  return exact.format(new Date(iso))
}

/** The day, in the viewer's zone. */
export function dateOf(iso: string): string {
  return date.format(new Date(iso))
}

/** Day and minute, in the viewer's zone. */
export function dateAndTimeOf(iso: string): string {
  return dateWithTime.format(new Date(iso))
}

/** How long ago or ahead within a month ("3 minutes ago", "in 12 days"); the day beyond. */
export function relativeTime(iso: string, nowMs: number): string {
  const distanceMs = new Date(iso).getTime() - nowMs
  const size = Math.abs(distanceMs)
  if (size < minute) {
    return distanceMs > 0 ? texts.soon : texts.justNow
  }
  if (size < 60 * minute) {
    return relative.format(Math.trunc(distanceMs / minute), 'minute')
  }
  if (size < day) {
    return relative.format(Math.trunc(distanceMs / (60 * minute)), 'hour')
  }
  return size < 31 * day ? relative.format(Math.trunc(distanceMs / day), 'day') : dateOf(iso)
}

/**
 * Whole days from now to a time, rounded up: 0 only once it is past. What began just now for 30 days has 30 left, also where the viewer's clock, or
 * what it said half a minute ago, is behind the server's.
 */
export function daysUntil(iso: string, nowMs: number): number {
  const leftMs = new Date(iso).getTime() - nowMs
  return leftMs <= 0 ? 0 : Math.max(1, Math.ceil((leftMs - minute) / day))
}

/** The start of a day (yyyy-mm-dd) in the viewer's zone, as an ISO time. */
export function startOfDay(text: string): string {
  return new Date(`${text}T00:00:00`).toISOString()
}

/** The end of a day (yyyy-mm-dd) in the viewer's zone, as an ISO time. */
export function endOfDay(text: string): string {
  return new Date(`${text}T23:59:59.999`).toISOString()
}

/** The day that lies so many days ahead, in the viewer's zone, as yyyy-mm-dd. */
export function dayAhead(days: number): string {
  const at = new Date()
  at.setDate(at.getDate() + days)
  return dayOf(at)
}

/** The day of a time in the viewer's zone, as yyyy-mm-dd. */
export function dayOf(time: string | Date): string {
  const at = new Date(time)
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}

/** The minute of a time in the viewer's zone, as a field of day and time has it: yyyy-mm-ddThh:mm. */
export function minuteOf(time: Date): string {
  return `${dayOf(time)}T${[time.getHours(), time.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':')}`
}

/** The present in ms, which renders anew each half minute. */
export function useNow(): number {
  return useSyncExternalStore(listen, () => now)
}

let now = Date.now()

function listen(listener: () => void): () => void {
  const tick = () => {
    now = Date.now()
    listener()
  }
  tick()
  const timer = setInterval(tick, 30_000)
  return () => clearInterval(timer)
}
