import { countText, sizeText } from '../numbers.ts'

/** Words for the operations of the device-data API and of the portal that read device data; another one is told by its own name. */
const operationWords: Record<string, string> = {
  listInventory: 'Whole inventory',
  getInventoryChangesAfterOffset: 'Changes of the inventory',
  getDevice: 'One device',
  listAlarms: 'All alarms',
  getAlarmChangesAfterOffset: 'Changes of alarms',
  listSensors: 'All sensors',
  getSensorChangesAfterOffset: 'Changes of sensors',
  liveMeasurements: 'Live measurements',
  simulatedLiveMeasurements: 'Made-up measurements, for testing',
  replayMeasurements: 'Past measurements',
  getSiteState: 'State of the sites, in the portal',
  getInventoryTree: 'Whole inventory, in the portal',
  listOrganizationAlarms: 'Alarms, in the portal',
  getAlarm: 'One alarm with its states, in the portal',
  listDevices: 'List of devices, in the portal',
  getDeviceDetails: 'One device, in the portal',
  listDeviceSensors: 'A device’s sensors, in the portal',
  listOrganizationSensors: 'List of sensors, in the portal',
  getSensorHistory: 'A sensor’s chart, in the portal',
  streamMeasurements: 'Live measurements, in the portal',
  others: 'More than could be told apart',
}

export function operationText(operation: string): string {
  return operationWords[operation] ?? operation
}

export const accessTexts = {
  title: 'Access history',
  lead: 'Who read data of your devices, and who tried to. Partners’ keys and people are listed, and your own keys; your own people are not.',
  period: 'Time',
  periods: { 1: 'Last 24 hours', 7: 'Last 7 days', 30: 'Last 30 days', 90: 'Last 90 days' },
  partner: 'Company',
  anyPartner: 'All companies',
  reader: 'Key or person',
  anyReader: 'All keys and people',
  operation: 'What was asked for',
  anyOperation: 'All data',
  outcome: 'Outcome',
  anyOutcome: 'Any outcome',
  outcomes: { read: 'Read', refused: 'Refused', failed: 'Failed' },
  download: 'Export CSV',
  whole: 'Back to the whole time',
  gapsTitle: 'The history is not whole',
  gap: (from: string, to: string | undefined) =>
    `Accesses may be missing ${to === undefined ? `since ${from}` : `between ${from} and ${to}`}: the server stopped without having written its last second.`,
  gapsMore: (count: number) => `And ${count} more times before that. The CSV file has them all.`,
  chartTitle: { hour: 'Requests by the hour', day: 'Requests by the day' },
  chart: (step: 'hour' | 'day') => `Requests by the ${step}. The table “Sums” has the same in numbers.`,
  requests: (count: string) => `${count} requests`,
  refusedOf: (count: string) => `${count} of them refused or failed`,
  notDrawn: 'The chart could not be drawn. The table below has its numbers.',
  sums: 'Sums',
  sumsLead: { hour: 'By the hour, the newest first.', day: 'By the day, the newest first. A day’s date shows its details.' },
  detail: 'In detail',
  detailLead: 'Grouped by the minute, the newest first; at most 5 seconds old.',
  columns: {
    when: 'When',
    day: 'Day',
    hour: 'Hour',
    company: 'Company',
    reader: 'Key or person',
    requests: 'Requests',
    refused: 'Refused',
    failed: 'Failed',
    objects: 'Objects',
    data: 'Data',
    lines: 'Measurements',
    amount: 'How much',
    operation: 'Asked for',
    outcome: 'Outcome',
    address: 'From',
  },
  kinds: { key: 'Key', person: 'Person' },
  unknownReader: 'not known any more',
  noAddress: '–',
  nothingNew: 'Nothing new',
  noAmount: '–',
  status: (word: string, status: number) => `${word} (${status})`,
  empty: {
    title: 'Nobody read your data in this time',
    text: 'As soon as a partner’s key or people read data of your devices, or try to, it stands here within 5 seconds: what, how much, from where and when.',
  },
  noneFound: { title: 'No such access', text: 'Nothing in this time fits. Choose less, or another time.' },
  older: 'Show older ones',
}

/** How much was sent, in words: what there is none of is left out. */
export function amountText({ objects, bytes, lines }: { objects: number; bytes: number; lines: number }): string {
  const parts = [
    objects > 0 && `${countText(objects)} ${objects === 1 ? 'object' : 'objects'}`,
    lines > 0 && `${countText(lines)} ${lines === 1 ? 'measurement' : 'measurements'}`,
    bytes > 0 && sizeText(bytes),
  ]
  return parts.filter(Boolean).join(', ')
}
