export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** The day of a moment in UTC, as YYYY-MM-DD. */
export function calendarDate(moment: Date): string {
  return moment.toISOString().slice(0, 10)
}
