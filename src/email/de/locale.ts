import { inLocale } from '../in-locale.ts'

/** How German mails write moments, days and numbers. */
export const { moment: momentInWords, day: dayInWords, number: numberInWords, plural } = inLocale('de-DE')
