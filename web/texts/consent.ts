import type { DataKinds } from '../client.ts'

/**
 * The words that a customer agrees to. They are those of src/domain/consent-text.ts under the same version, which consents and their receipts name
 * (a test compares): whoever changes one adds a version there.
 */
export const consentTexts = {
  version: '2026-11',
  label: 'Allow API access to device data',
  sees: {
    inventory:
      'Locations and devices: names, types, models, serial numbers, firmware, network addresses, service dates and notes',
    alarms: 'Alarms: those that are active, and those cleared within the last 7 days',
    sensors: 'Sensors and what they measure: which there are, on which device, and their values from the moment of sharing on',
  } satisfies Record<keyof DataKinds, string>,
  closed: [
    'Nothing can be changed or controlled: access is for reading only',
    'Your people and their sign-ins, your API keys and gateway tokens',
    'Your other partners, and what you share with them',
  ],
  withdrawal: 'You can withdraw at any time, with effect at once. What was read before cannot be taken back.',
} as const

export const limitsTexts = {
  options: 'Which data, and until when',
  kinds: 'Which data',
  kindsMissing: 'Choose at least one. To share nothing, clear the box above.',
  until: 'Until',
  untilChoices: { withdrawn: 'I withdraw it', date: 'A date' },
  date: 'Last day',
  dateHint: 'You and the partner are reminded by mail 30, 7 and 1 days before. Access ends at the end of that day by itself.',
  dateMissing: 'Choose the last day.',
  datePast: 'Choose a day that is not past.',
  applyLater: 'This holds from the moment at which you check the box.',
  save: 'Save options',
  saved: 'Saved. The options hold now.',
  narrowed: 'What you uncheck is closed at once. What you check is read from now on, not from before.',
}

export const receiptTexts = {
  title: 'Receipts',
  leadOfPartner:
    'What became of this customer’s consent to you. Each receipt is signed together with the record of acts, so that any later change shows.',
  lead: 'What became of your consents. Each receipt is signed together with the record of acts, so that any later change shows.',
  table: 'Consent receipts',
  columns: { at: 'When', event: 'What', partner: 'Partner', by: 'By', actions: 'Actions' },
  events: { given: 'Given', changed: 'Changed', withdrawn: 'Withdrawn', expired: 'Expired' },
  nobody: '–',
  open: 'Open',
  openNamed: (what: string) => `Open the receipt: ${what}`,
  download: 'Download',
  downloadNamed: (what: string) => `Download the receipt: ${what}`,
  file: (day: string, event: string) => `consent-receipt-${day}-${event}.json`,
  empty:
    'A receipt appears here, and is mailed to customer and partner, whenever consent is given, changed, withdrawn or has expired.',
}
