export const customersTexts = {
  title: 'Customers',
  lead: 'The customers connected to your company. A customer is valid while it consents and has an active subscription: then your keys read its device data.',
  search: 'Search customers',
  placeholder: 'Name or organization id',
  count: (valid: number, all: number) => `${valid} of ${all} ${all === 1 ? 'customer is' : 'customers are'} valid`,
  found: (found: number) => `${found} found`,
  table: 'Customers',
  columns: {
    customer: 'Customer',
    state: 'State',
    consent: 'Consent since',
    subscription: 'Subscription until',
    read: 'Last read',
  },
  invite: 'Invite customer',
  export: 'Export CSV',
  changed: 'Changed',
  ended: 'Ended',
  devices: 'Inventory',
  gateways: 'Manage gateways',
  gatewaysOf: (label: string) => `Manage gateways of ${label}`,
  devicesOf: (label: string) => `Inventory of ${label}`,
  copyId: (label: string) => `Copy the organization id of ${label}`,
  shares: (kinds: string) => `Shares ${kinds}.`,
  nothing: '–',
  empty: {
    title: 'No customers yet',
    text: (partnerId: string | undefined) =>
      `A customer appears here once it is connected to your company${partnerId ? `: it adds you with your Partner ID, ${partnerId}` : ''}, or accepts an invitation of yours. From then on you see whether its data can be read and, if not, why.`,
  },
  noneFound: {
    title: 'No customer matches',
    text: (partnerId: string | undefined) =>
      `Search by a part of the name, or by the organization id. Only customers that are connected to your company are listed: a company that is in this portal already adds you${partnerId ? ` with your Partner ID, ${partnerId},` : ''} under Administration > Subscriptions, and a new one you invite.`,
    clear: 'Clear the search',
  },
}
