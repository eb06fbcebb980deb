import type { DataKinds } from '../client.ts'

/** What the kinds of data are called, everywhere: as in the words that a customer agrees to, in mails and in receipts. */
export const kindTexts: Record<keyof DataKinds, string> = {
  inventory: 'Locations and devices',
  alarms: 'Alarms',
  sensors: 'Sensors and what they measure',
}

/** Within a sentence: "locations and devices; alarms". */
export function kindsInWords(kinds: DataKinds): string {
  const shared = (['inventory', 'alarms', 'sensors'] as const).filter((kind) => kinds[kind])
  return shared.map((kind) => kindTexts[kind].toLowerCase()).join('; ')
}

/** By themselves, as in a table: "Locations and devices; alarms". */
export function kindsAlone(kinds: DataKinds): string {
  const words = kindsInWords(kinds)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
