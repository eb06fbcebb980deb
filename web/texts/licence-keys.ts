import type { LicenceKey } from '../client.ts'

const days = (count: number) => `${count} ${count === 1 ? 'day' : 'days'}`

export const redeemTexts = {
  action: 'Redeem licence key',
  title: 'Redeem a licence key',
  key: 'Licence key',
  hint: 'It begins with lk_. Its period is added behind the present subscription; without one, it begins now.',
  missing: 'Enter the licence key.',
  submit: 'Redeem',
  done: (until: string) => `Redeemed. The subscription is paid until ${until}.`,
}

export const licenceKeysTexts = {
  title: 'Licence keys',
  lead: 'A licence key adds a paid period to a customer’s subscription, once. Give it to whoever is to redeem it, or redeem it on the customer’s page.',
  make: 'Make licence key',
  table: 'Licence keys',
  columns: { key: 'Key', days: 'Period', note: 'Note', state: 'State', made: 'Made', actions: 'Actions' },
  days,
  by: (name: string) => `by ${name}`,
  nothing: '–',
  states: { open: 'Open', redeemed: 'Redeemed', withdrawn: 'Withdrawn' } satisfies Record<LicenceKey['state'], string>,
  redeemedFor: 'for',
  empty: {
    title: 'No licence keys yet',
    text: 'Make one for each order: the customer redeems it under Administration > Subscriptions, and its period is added there.',
  },
  withdraw: 'Withdraw',
  withdrawNamed: (prefix: string) => `Withdraw ${prefix}…`,
  withdrawTitle: (prefix: string) => `Withdraw the licence key ${prefix}…?`,
  withdrawText: 'It can no longer be redeemed. This cannot be undone; another key can be made.',
  withdrawn: 'The licence key is withdrawn.',
}

export const makeLicenceKeyTexts = {
  title: 'Make licence key',
  days: 'Days',
  daysHint: 'How long the paid period is: 365 for a year.',
  daysWrong: 'Give a number of days from 1 to 3652.',
  note: 'Note',
  noteHint: 'For you alone: whom it is meant for, an order’s number.',
  noteLong: 'At most 200 characters.',
  submit: 'Make licence key',
  shown: {
    title: 'Copy the licence key',
    once: 'This is the only time the licence key is shown. If it is lost, withdraw it and make another one.',
    label: 'Licence key',
    done: 'Done',
    leaveTitle: 'Close without copying?',
    leave:
      'The licence key has not been copied, and it cannot be shown again. Without it you would have to withdraw it and make another one.',
    back: 'Back to the key',
    leaveAnyway: 'Close anyway',
  },
}
