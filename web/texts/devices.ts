/** Words for the types of devices and sensors; a type that is not here is told in its own words. */
const typeWords: Record<string, string> = {
  UPS: 'UPS',
  RPDU: 'Rack PDU',
  PDU: 'PDU',
  BATTERY_FRAME: 'Battery frame',
  OUTLET_GROUP: 'Outlet group',
}

/** A type in words: `COOLING_UNIT` → "Cooling unit". */
export function typeText(type: string): string {
  const words = type.replaceAll('_', ' ').toLowerCase()
  return typeWords[type] ?? words.charAt(0).toUpperCase() + words.slice(1)
}

/** How far back charts reach, in days. */
export const ranges = { '1': 'Last 24 hours', '7': 'Last 7 days', '90': 'Last 90 days' } as const
export type Range = keyof typeof ranges

export const deviceTexts = {
  title: 'Device',
  up: 'Inventory',
  about: 'About this device',
  facts: {
    type: 'Type',
    location: 'Location',
    partOf: 'Part of',
    manufacturer: 'Manufacturer',
    model: 'Model',
    serial: 'Serial number',
    firmware: 'Firmware',
    address: 'IP address',
    mac: 'MAC address',
    warranty: 'Warranty until',
    lastService: 'Last service',
    serviceDue: 'Service due',
    note: 'Note',
  },
  parts: 'Parts',
  sensors: 'Sensors',
  noSensors: { title: 'No sensors', text: 'No sensor of this device was reported. Its parts may have some.' },
  notShared: {
    title: 'Sensors are not shared',
    text: 'This customer shares other kinds of data with your company, but not its sensors.',
  },
  range: 'Range',
  live: { opening: 'Connecting', live: 'Live', waiting: 'Waiting for values', again: 'Connecting again', closed: 'Paused' },
  table: (range: Range) => `Sensors, ${ranges[range].toLowerCase()}`,
  columns: { sensor: 'Sensor', latest: 'Latest', measured: 'Measured', minimum: 'Minimum', maximum: 'Maximum', mean: 'Mean' },
  none: '–',
  noValues: 'Nothing was measured in this time.',
  notDrawn: 'The chart could not be drawn. The table below has its values.',
  chart: (sensor: string, range: Range) =>
    `${sensor}, ${ranges[range].toLowerCase()}. The table below has its latest, minimum, maximum and mean.`,
  band: (least: string, most: string) => `${least} to ${most}`,
}
