import { countText } from '../numbers.ts'

/** All sensors of an organization, with what they measured last. */
export const sensorsTexts = {
  title: 'Sensors',
  lead: 'What your devices measured last. To find the hottest or the fullest, choose a type, of many sensors a location too, and Highest first.',
  leadOf: 'What this customer’s devices measured last, shared with your company by its consent.',
  up: 'Customer',
  search: 'Search sensors',
  placeholder: 'Sensor or device',
  type: 'Type',
  anyType: 'All types',
  location: 'Location',
  anyLocation: 'All locations',
  order: 'Order',
  orders: {
    '': 'By name',
    highest: 'Highest first',
    lowest: 'Lowest first',
    device: 'By device',
    location: 'By location',
    newest: 'Newest first',
    oldest: 'Oldest first',
  },
  count: (count: number) => `${countText(count)} ${count === 1 ? 'sensor' : 'sensors'}`,
  firstOf: (shown: number, all: number) =>
    `The first ${countText(shown)} of ${countText(all)}, by name: search, or choose a type or location, until all that you look for are here and can be put in another order`,
  byUnit: ', sorted within each unit',
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
