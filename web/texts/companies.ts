import type { Subscription } from '../client.ts'

export const companiesTexts = {
  title: 'Companies',
  lead: 'Partners and customers of this portal.',
  create: 'Create company',
  search: 'Search companies',
  placeholder: 'Name, Partner ID or id',
  found: (found: number, all: number) => `${found} of ${all}`,
  table: 'Companies',
  columns: {
    name: 'Name',
    kind: 'Kind',
    state: 'State',
    subscription: 'Subscription',
    partnerId: 'Partner ID',
    created: 'Created',
  },
  active: 'Active',
  suspended: 'Suspended',
  noSubscription: 'None',
  nothing: '–',
  subscription: { paid: 'Paid', trial: 'Trial' },
  until: (state: Subscription['state']) => ({ active: 'until', ended: 'ended', upcoming: 'from' })[state],
  empty: {
    title: 'No companies yet',
    text: 'Create a partner and a customer, connect them, and make a set-up link for the first administrator of each.',
  },
  noneFound: { title: 'No company matches', text: 'Search by a part of the name, by Partner ID, or by id.' },
}

export const createCompanyTexts = {
  title: 'Create company',
  kind: 'Kind',
  kinds: {
    customer: { word: 'Customer', sentence: 'Owns devices, and decides which partners may read their data.' },
    partner: {
      word: 'Partner',
      sentence: 'Reads the device data of customers that consent. Gets a Partner ID made of its name.',
    },
  },
  name: 'Name',
  nameMissing: 'Enter the name of the company.',
  address: 'Address',
  email: 'Contact email',
  emailMalformed: 'This is not an email address. It has the form name@example.com.',
  phone: 'Contact phone',
  partnerHint: 'Customers see these contact details before and after they connect.',
  submit: 'Create company',
}

export const companyTexts = {
  up: 'Companies',
  title: 'Company',
  details: 'Details',
  facts: {
    kind: 'Kind',
    state: 'State',
    partnerId: 'Partner ID',
    id: 'Id',
    email: 'Contact email',
    phone: 'Contact phone',
    address: 'Address',
    created: 'Created',
  },
  copyId: 'Copy the id',
  edit: 'Edit',
  editTitle: 'Edit details',
  edited: 'The details are saved.',
  suspend: 'Suspend',
  resume: 'Resume',
  suspendTitle: (name: string) => `Suspend ${name}?`,
  suspendText: {
    partner:
      'Its people cannot sign in, and its keys are refused at once. Customers keep their consents. Resuming brings everything back as it was.',
    customer:
      'Its people cannot sign in, its keys and gateways are refused, and no partner reads its data. Resuming brings everything back as it was.',
  },
  suspended: (name: string) => `${name} is suspended.`,
  resumed: (name: string) => `${name} is active again.`,
  suspendedSince: 'Suspended since',
}

export const vendorSubscriptionTexts = {
  title: 'Subscriptions',
  lead: 'Periods in which the data of this customer may be read by those whom it allows.',
  table: 'Subscriptions',
  columns: { kind: 'Kind', state: 'State', starts: 'From', ends: 'Until', actions: 'Actions' },
  canceled: 'not renewed',
  terminated: 'terminated',
  empty: {
    title: 'No subscription',
    text: 'A trial starts by itself with the first data of its first gateway. Or start a paid one or a trial here.',
  },
  start: 'Start subscription',
  startTitle: 'Start subscription',
  kind: 'Kind',
  kinds: { paid: 'Paid', trial: 'Trial' },
  paidEndsTrial: 'A paid subscription that starts during a trial ends the trial.',
  from: 'First day',
  fromHint: 'Today: it starts at once.',
  until: 'Last day',
  dateMissing: 'Choose the last day.',
  dateOrder: 'The last day must not be before the first.',
  datePast: 'Choose a day that is not past.',
  started: 'The subscription is started.',
  extend: 'Extend',
  extendTitle: 'Extend the subscription',
  extendHint: (date: string) => `It ends on ${date} now. Choose a later last day.`,
  extended: 'The subscription is extended.',
  cancel: 'Cancel renewal',
  cancelTitle: 'Cancel the renewal?',
  cancelText: (date: string) =>
    `The subscription stays valid until ${date}, and cannot be extended any more. For a longer period, start a new one afterwards.`,
  keep: 'Keep it',
  canceledDone: 'The subscription is canceled, and stays valid to its end.',
  terminate: 'Terminate',
  terminateTitle: (name: string) => `Terminate the subscription of ${name} now?`,
  terminateText:
    'It ends at this moment: partners and keys can no longer read this customer’s data. This cannot be undone; a new subscription can be started. Consents are kept.',
  terminatedDone: 'The subscription is terminated.',
}

export const partnershipTexts = {
  title: { customer: 'Partners', partner: 'Customers' },
  lead: {
    customer: 'Partners that this customer is connected to. Connecting shows the partner its name; device data need its consent.',
    partner: 'Customers connected to this partner.',
  },
  table: 'Connections',
  columns: { name: 'Name', consent: 'Consent', connected: 'Connected', actions: 'Actions' },
  given: 'Given',
  notGiven: 'Not given',
  connect: 'Connect partner',
  connectTitle: 'Connect a partner',
  partnerId: 'Partner ID',
  partnerIdHint: 'The partner tells it to its customers: capitals, digits and underscores.',
  partnerIdMissing: 'Enter the Partner ID.',
  submit: 'Connect',
  connected: 'The partner is connected. Its customer can now allow access.',
  disconnect: 'Disconnect',
  disconnectNamed: (name: string) => `Disconnect ${name}`,
  disconnectTitle: (customer: string, partner: string) => `Disconnect ${customer} from ${partner}?`,
  disconnectText:
    'The consent ends with the connection, for good: connected again, the customer must consent anew. The partner is refused at once.',
  disconnected: 'They are disconnected.',
  empty: {
    customer: {
      title: 'Not connected to a partner',
      text: 'Connect one by its Partner ID. The customer then decides whether it may read.',
    },
    partner: { title: 'No customers connected', text: 'Open a customer, and connect it to this partner there.' },
  },
}

export const setUpLinkTexts = {
  title: 'People',
  lead: 'A set-up link lets one person make an account in this company, once.',
  create: 'Create set-up link',
  dialogTitle: 'Create set-up link',
  role: 'Role',
  email: 'Email',
  emailHint: 'Only this address can use the link.',
  emailMissing: 'Enter the address of whom the link is for.',
  submit: 'Create link',
  shown: {
    title: 'Copy the set-up link',
    once: 'This is the only time the link is shown. Whoever opens it first makes the account: send it to that person only.',
    label: 'Set-up link',
    done: 'Done',
    leaveTitle: 'Close without copying?',
    leave: 'The link has not been copied, and it cannot be shown again. You would have to create another.',
    back: 'Back to the link',
    leaveAnyway: 'Close anyway',
  },
  expires: 'It expires',
}
