/** The words that a customer agrees to by the checkbox, as the portal shows them (web/texts/consent.ts; a test compares). */
export interface ConsentText {
  version: string
  label: string
  /** What the partner can read, by kind of data. */
  sees: Readonly<Record<'inventory' | 'alarms' | 'sensors', string>>
  closed: readonly string[]
  withdrawal: string
}

/** Whoever changes a word adds a version: consents name the one that was agreed to, and their receipts repeat it. The newest stands last. */
export const consentTexts: readonly [ConsentText, ...ConsentText[]] = [
  {
    version: '2026-11',
    label: 'Allow API access to device data',
    sees: {
      inventory:
        'Locations and devices: names, types, models, serial numbers, firmware, network addresses, service dates and notes',
      alarms: 'Alarms: those that are active, and those cleared within the last 7 days',
      sensors: 'Sensors and what they measure: which there are, on which device, and their values from the moment of sharing on',
    },
    closed: [
      'Nothing can be changed or controlled: access is for reading only',
      'Your people and their sign-ins, your API keys and gateway tokens',
      'Your other partners, and what you share with them',
    ],
    withdrawal: 'You can withdraw at any time, with effect at once. What was read before cannot be taken back.',
  },
]

export const presentConsentText = consentTexts.at(-1) as ConsentText

/** The words of a version; null where this version of Assent does not know it. */
export function consentTextOf(version: string): ConsentText | null {
  return consentTexts.find((one) => one.version === version) ?? null
}
