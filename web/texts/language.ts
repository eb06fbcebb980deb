/** The language of these texts, for `<html lang>`. */
export const language = 'en'

/** By which numbers, dates and times are written. */
export const locale = 'en-GB'

/** What stands there where scripts do not run. */
export const noScript =
  'The portal needs JavaScript. All that it does can also be done with the management API and the command line.'
