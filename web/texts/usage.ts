import { countText } from '../numbers.ts'

const counted = (count: number, one: string, many: string) => `${countText(count)} ${count === 1 ? one : many}`

/** How keys are used. */
export const usageTexts = {
  title: 'Usage',
  lead: 'Of the last 30 days. Requests with a key that is refused as a whole (401) are not in it.',
  total: (requests: number, errors: number) =>
    `${counted(requests, 'request', 'requests')}, ${counted(errors, 'of them an error', 'of them errors')}.`,
  busiest: (day: string, requests: number) => `Most on ${day}: ${countText(requests)}.`,
  requests: 'Requests a day',
  errors: 'Errors a day',
  requestsChart: 'Requests a day, last 30 days; the sum and the busiest day stand above',
  errorsChart: 'Errors a day, last 30 days; the sum stands above',
  notDrawn: 'The chart could not be drawn.',
  none: {
    title: 'Not used in the last 30 days',
    text: 'Requests and errors are drawn here by the day, a few seconds after a program asks.',
  },
}
