import type { Language } from '../domain/language.ts'

/** What stands around the words of a mail, whatever it tells. */
export interface Frame {
  language: Language
  insteadOfButton: string
  /** What stands in place of a link that the reader may not have. */
  linkWithheld: string
  /** What stands in place of a mail that tells of device data, for whoever may not be told those. */
  ofDeviceData: { subject: string; text: string }
}

export const englishFrame: Frame = {
  language: 'en',
  insteadOfButton: 'If the button does not work, open this address:',
  linkWithheld: '(link withheld)',
  ofDeviceData: { subject: 'Alarms', text: 'Which alarms this mail tells of is for its recipient alone.' },
}
