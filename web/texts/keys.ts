import type { Key } from '../client.ts'

/** The kinds of key, in words. */
export const keyKindTexts: Record<Key['kind'], { word: string; sentence: string }> = {
  demo: {
    word: 'Demo',
    sentence: 'Reads the demo company only: made-up devices and alarms that change, to write and test programs with.',
  },
  all: { word: 'All Customers', sentence: 'Reads every valid customer, also those that are connected or become valid later.' },
  specific: {
    word: 'Specific Customers',
    sentence: 'Reads the customers that you choose, each while it is valid. Later it can be narrowed, not widened.',
  },
  own: { word: 'Own data', sentence: "Reads your company's own device data, while your subscription is active." },
}

const customers = (count: number) => `${count} ${count === 1 ? 'customer' : 'customers'}`

export const keysTexts = {
  title: 'API',
  lead: {
    partner: 'Keys with which your programs read the device data of your customers.',
    customer: 'Keys with which your own programs read your device data.',
  },
  generate: 'Generate new API key',
  docs: 'API documentation',
  found: 'Has a key got into the wrong hands, in public code or a log?',
  report: 'Report it, and it is refused at once',
  valid: 'Valid keys',
  notValid: 'Disabled, expired and reported keys',
  notValidLead: 'Programs that use one of these are refused.',
  columns: {
    name: 'Name',
    kind: 'Kind',
    key: 'Key',
    created: 'Created',
    expires: 'Expires',
    used: 'Last used',
    covers: 'Covers now',
    state: 'State',
    actions: 'Actions',
  },
  /** How many customers it reads now and, where it was made for more, of how many. */
  covers: ({ kind, covered, chosen = 0 }: Pick<Key, 'kind' | 'covered' | 'chosen'>) => {
    if (kind === 'demo') {
      return 'Demo data'
    }
    if (kind === 'own') {
      return covered === 1 ? 'Your company' : 'Nothing now'
    }
    return chosen > covered ? `${covered} of ${customers(chosen)}` : customers(covered)
  },
  createdBy: (name: string) => `by ${name}`,
  neverUsed: 'Never',
  from: (address: string) => `from ${address}`,
  expired: 'Expired',
  disabled: 'Disabled',
  delete: 'Delete',
  deleteNamed: (name: string) => `Delete ${name}`,
  empty: {
    title: 'No valid keys',
    partner:
      'A program shows a key with every request, and reads what the key covers. Generate a Demo key first: it works at once, on made-up data. Then one for all customers, or for some.',
    customer:
      'A program shows a key with every request, and reads your device data with it. Generate one for your own data, or a demo key to try things first.',
    reader:
      'A program shows a key with every request, and reads what the key covers. Administrators of your company generate keys.',
  },
}

export const deleteKeyTexts = {
  title: (name: string) => `Delete the key “${name}”?`,
  consequence: 'Programs that use it are refused at once.',
  final: 'This cannot be undone: the key cannot be restored, only replaced by a new one.',
  lastUsed: 'It was last used',
  confirm: 'Delete key',
  done: (name: string) => `The key “${name}” is deleted.`,
}

export const generateKeyTexts = {
  title: 'Generate new API key',
  name: 'Name',
  nameHint: 'Where it will be used, so that you know it again: “Ticket sync, production”.',
  nameMissing: 'Give the key a name.',
  nameLong: 'At most 100 characters.',
  kind: 'What the key reads',
  customers: 'Customers',
  search: 'Search customers',
  placeholder: 'Name or organization id',
  chosen: (count: number) => `${customers(count)} chosen`,
  noneChosen: 'Choose at least one customer.',
  laterCovered: 'Customers that are not valid now are read as soon as they are.',
  noCustomers: 'No customer is connected to your company yet. An All Customers key reads them once they are.',
  noneFound: 'No customer matches. Only those that are connected to your company are listed.',
  demo: 'This is a demo key for testing purposes',
  demoHint: 'Reads made-up data of the demo company instead of yours.',
  expires: 'Expires',
  expiries: {
    keep: 'As it is',
    never: 'Never',
    '30': 'In 30 days',
    '90': 'In 90 days',
    '365': 'In 365 days',
    date: 'On a date…',
  },
  expiresAt: (date: string) => `On ${date}`,
  neverHint: 'A key that never expires works until someone deletes or disables it.',
  date: 'Last day',
  dateMissing: 'Choose the last day on which the key shall work.',
  datePast: 'Choose a day that is not past.',
  submit: 'Generate key',
  more: (left: number) => `Show more (${left} left)`,
}

export const newKeyTexts = {
  title: 'Copy your new API key',
  once: 'This is the only time the key is shown. Copy it now and keep it where your program reads its secrets. A lost key cannot be retrieved, only replaced.',
  label: 'New API key',
  done: 'Done',
  leaveTitle: 'Close without copying?',
  leave:
    'The key has not been copied, and it cannot be shown again. Without it you would have to delete this key and generate another.',
  back: 'Back to the key',
  leaveAnyway: 'Close anyway',
}

export const keyTexts = {
  up: 'API',
  title: 'Key',
  settings: 'Settings',
  facts: {
    state: 'State',
    kind: 'Kind',
    key: 'Begins with',
    created: 'Created',
    expires: 'Expires',
    used: 'Last used',
    covers: 'Covers now',
    networks: 'Accepted from',
    limits: 'Limits',
  },
  limits: (limits: NonNullable<Key['limits']>) =>
    `${limits.requestsPerMinute} requests a minute for your company; for each organization ${limits.listsPerMinute} lists, ${limits.changesPerMinute} requests for changes and ${limits.devicesPerMinute} for devices. ${limits.streams} streams at once.`,
  reportedText: (date: string) =>
    `Somebody found this key and reported it on ${date}. It is refused for good: generate a new one.`,
  state: { reported: 'Reported', valid: 'Valid', disabled: 'Disabled', expired: 'Expired', invalid: 'Not valid' },
  rename: 'Rename',
  renameTitle: 'Rename the key',
  renamed: 'The key is renamed.',
  disable: 'Disable',
  enable: 'Enable',
  disableTitle: (name: string) => `Disable the key “${name}”?`,
  disableText: 'Programs that use it are refused from now on, until it is enabled again.',
  disabled: 'The key is disabled.',
  enabled: 'The key is enabled.',
  coverage: 'Customers',
  coverageLead: {
    all: 'Read now, and those connected to you that are not, with the reason.',
    specific:
      'The customers this key was made for. A key can be narrowed, but not widened: for more customers generate a new one.',
  },
  search: 'Search customers',
  columns: { customer: 'Customer', covered: 'State', why: 'Why not', actions: 'Actions' },
  covered: 'Covered',
  notCovered: 'Not covered',
  remove: 'Remove',
  removeNamed: (label: string) => `Remove ${label} from this key`,
  removeTitle: (label: string) => `Remove ${label} from the key?`,
  removeText:
    'This key will no longer read this customer, and it cannot be added again: a key is never widened. Other keys are not touched.',
  removed: (label: string) => `${label} is removed from the key.`,
  demoCoverage: 'This key reads the demo company, and no customer.',
  ownCoverage: {
    covered: 'This key reads your own device data.',
    not: 'Your subscription is not active, so this key reads nothing now. It works again once you renew.',
  },
  noneConnected: {
    title: 'No customers',
    text: 'This key covers customers as soon as they are connected to your company and valid.',
  },
}
