import { dateAndTimeOf, dateOf, exactTime, relativeTime, useNow } from './times.ts'

/** How long ago or ahead, with the exact time on hover. */
export function Ago({ at }: { at: string }) {
  const now = useNow()
  return (
    <time dateTime={at} title={exactTime(at)}>
      {relativeTime(at, now)}
    </time>
  )
}

/** Day and minute, with the exact time on hover. */
export function Moment({ at }: { at: string }) {
  return (
    <time dateTime={at} title={exactTime(at)}>
      {dateAndTimeOf(at)}
    </time>
  )
}

/** A day, with the exact time on hover. */
export function Day({ at }: { at: string }) {
  return (
    <time dateTime={at} title={exactTime(at)}>
      {dateOf(at)}
    </time>
  )
}
