import { inLocale } from './in-locale.ts'

/** How English mails write moments, days and numbers. */
export const { moment: momentInWords, day: dayInWords, number: numberInWords, plural } = inLocale('en-GB')
