import { countText } from '../numbers.ts'

export const inventoryTexts = {
  title: 'Inventory',
  lead: 'Your locations, and the devices that your gateways have found there. A device’s page shows its sensors as they measure.',
  leadOf: (customer = 'this customer') => `What gateways of ${customer} have found, shared with your company by consent.`,
  up: 'Customer',
  tree: 'Locations and devices',
  search: 'Search the inventory',
  placeholder: 'Name, model, serial number, sensor',
  type: 'Type',
  anyType: 'All types',
  location: 'Location',
  anyLocation: 'All locations',
  state: 'State',
  anyState: 'Any state',
  states: {
    bad: 'Failed, critical or in error',
    warn: 'Warning or unknown',
    alarms: 'With active alarms',
    silent: 'Without contact',
    quiet: 'Nothing to report',
  },
  moreSensors: (lookedAt: number) =>
    `More than ${countText(lookedAt)} sensors are called so: search for more of the name to find all their devices`,
  count: (found: number, all: number) =>
    found === all ? `${countText(all)} ${all === 1 ? 'device' : 'devices'}` : `${countText(found)} of ${countText(all)} devices`,
  sensor: (label: string) => `Sensor: ${label}`,
  silent: 'No contact',
  keys: 'Arrow keys move, open and close; Enter opens a device’s page; letters find a name.',
  empty: {
    title: 'No devices yet',
    text: 'Devices appear here within minutes of a gateway’s first report. Add a gateway under Administration > Gateways, and start it where it can reach them.',
    textOf: 'This customer’s gateways have reported none so far.',
  },
  noneFound: {
    title: 'Nothing matches',
    text: 'Search by a part of a name, serial number or model, or of a sensor’s name, or choose another type, location or state.',
  },
  actions: (label: string) => `Actions for ${label}`,
  open: 'Open',
  addLocation: 'New location',
  edit: 'Edit',
  editNamed: (label: string) => `Edit ${label}`,
  remove: 'Remove',
  removeNamed: (label: string) => `Remove ${label}`,
}

export const locationTexts = {
  addTitle: 'New location',
  editTitle: (label: string) => `Edit ${label}`,
  name: 'Name',
  nameMissing: 'Please enter a name.',
  type: 'Type',
  types: { SITE: 'Site', BUILDING: 'Building', FLOOR: 'Floor', ROOM: 'Room', ROW: 'Row', RACK: 'Rack' },
  within: 'In',
  top: 'No other location',
  address: 'Address',
  asReported: 'As its gateway says',
  reportedHint: 'A gateway reports this location. What you set here goes before what it says, until you take it back.',
  add: 'Add location',
  added: (label: string) => `${label} is added.`,
  changed: (label: string) => `${label} is changed.`,
  removeTitle: (label: string) => `Remove ${label}?`,
  removeText: 'The location goes for whoever reads the inventory. It has to be empty: move what is in it elsewhere first.',
  removeConfirm: 'Remove location',
  removed: (label: string) => `${label} is removed.`,
}

/** How what people set about what a gateway reports is taken back. */
export const reportedTexts = {
  takeBack: (field: string) => `${field}: as its gateway says`,
}

export const editDeviceTexts = {
  edit: 'Edit',
  title: (label: string) => `Edit ${label}`,
  lead: 'What you set here goes before what the gateways say, for whoever reads the inventory. An empty field says that there is none.',
  name: 'Name',
  nameMissing: 'Please enter a name.',
  location: 'Location',
  partHint: 'It is part of another device, and is where that one is.',
  note: 'Note',
  warranty: 'Warranty until',
  lastService: 'Last service',
  serviceDue: 'Service due',
  asReported: 'As its gateways say',
  nowhere: 'In no location',
  saved: (label: string) => `${label} is changed.`,
}
