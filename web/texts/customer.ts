import type { CoverageChange } from '../client.ts'

/** One customer, as its partner sees it. */
export const customerTexts = {
  title: 'Customer',
  up: 'Customers',
  id: 'Organization id',
  facts: {
    state: 'State',
    since: 'Changed',
    shares: 'Shares',
    consent: 'Consent given',
    consentUntil: 'Consent until',
    subscription: 'Subscription until',
    subscriptionEnded: 'Subscription ended',
    connected: 'Connected',
    lastRead: 'Last read',
    asked: 'Asked for consent',
  },
  about: 'About',
  neverRead: 'Not yet',
  nothing: 'Nothing',
  devices: 'Inventory',
  sensors: 'Sensors',
  alarms: 'Alarms',
  data: 'Device data',
  dataLead: 'What your keys read of this customer, your people see here, on the same terms.',
  noData: {
    title: 'Nothing is read of this customer now',
    text: 'Its inventory, alarms and sensors appear here as soon as it is valid.',
  },
  gateways: 'Manage gateways',
}

/** Asking a customer for consent. */
export const askConsentTexts = {
  action: 'Ask for consent',
  of: (label: string) => `Ask for consent: ${label}`,
  title: (label: string) => `Ask ${label} for consent?`,
  text: 'Its administrators get a mail with a link to the checkbox. They decide, and may do nothing.',
  again: 'You can ask again after a week.',
  confirm: 'Send mail',
  done: (label: string) => `${label} is asked for consent.`,
  asked: 'Asked',
}

/** A partner's first page. */
export const partnerOverviewTexts = {
  title: 'Overview',
  customers: 'Customers',
  valid: (valid: number, all: number) => `${valid} of ${all} ${all === 1 ? 'customer is' : 'customers are'} valid`,
  waiting: (count: number) => `${count} without consent`,
  lapsed: (count: number) => `${count} without an active subscription`,
  suspended: (count: number) => `${count} suspended`,
  toCustomers: 'All customers',
  noCustomers: 'No customer is connected to your company yet.',
  changes: 'Changes of coverage',
  changesLead: 'Of the last 30 days, the newest first.',
  noChanges: {
    title: 'No changes in 30 days',
    text: 'When a customer connects, consents or withdraws, or its subscription begins or ends, it is told here.',
  },
  columns: { when: 'When', customer: 'Customer', change: 'What' },
  expiring: 'Keys about to expire',
  expiringLead: 'Within 30 days. The end of a key cannot be moved: generate a new one before.',
  noneExpiring: 'No key expires within 30 days.',
  toKeys: 'All keys, and new ones',
  keyColumns: { name: 'Key', expires: 'Expires', used: 'Last used' },
  usage: 'Usage',
  partnerId: 'Partner ID',
  copyPartnerId: 'Copy the Partner ID',
}

/** What made a customer valid, or not valid. */
export const coverageChangeTexts: Record<CoverageChange['change'], { word: string; mood: 'good' | 'warn' | 'bad' | 'idle' }> = {
  connected: { word: 'Connected', mood: 'idle' },
  disconnected: { word: 'No longer connected', mood: 'bad' },
  'consent given': { word: 'Consent given', mood: 'good' },
  'consent ended': { word: 'Consent ended', mood: 'warn' },
  'subscription started': { word: 'Subscription began', mood: 'good' },
  'subscription ended': { word: 'Subscription ended', mood: 'warn' },
}
