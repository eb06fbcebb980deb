import { countText } from '../numbers.ts'

/** All sensors of an organization, with what they measured last. */
export const sensorsTexts = {
  title: 'Sensors',
  lead: 'What your devices measured last: choose a type, and Highest first, to find the hottest or the fullest.',
  leadOf: 'What this customer’s devices measured last, shared with your company by its consent.',
  up: 'Customer',
  search: 'Search sensors',
  placeholder: 'Sensor or device',
  type: 'Type',
  anyType: 'All types',
  location: 'Location',
  anyLocation: 'All locations',
  order: 'Order',
  orders: { '': 'By name', highest: 'Highest first', lowest: 'Lowest first' },
  count: (count: number) => `${countText(count)} ${count === 1 ? 'sensor' : 'sensors'}`,
  firstOf: (shown: number, all: number) =>
    `The first ${countText(shown)} of ${countText(all)}, sorted among themselves: search, or choose a type or location, to see all that you look for`,
  table: 'Sensors and their latest values',
  columns: { sensor: 'Sensor', device: 'Device', location: 'Location', latest: 'Latest', measured: 'Measured' },
  nothing: '–',
  none: {
    title: 'No sensors yet',
    text: 'Sensors appear here with the devices that have them, within minutes of a gateway’s first report.',
  },
  noneFound: {
    title: 'No sensor matches',
    text: 'Search by a part of the sensor’s or the device’s name, or choose another type or location.',
  },
}
