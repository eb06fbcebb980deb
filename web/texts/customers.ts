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
    connected: 'Connected',
  },
  invite: 'Invite customer',
  gateways: 'Manage gateways',
  gatewaysOf: (label: string) => `Manage gateways of ${label}`,
  devicesOf: (label: string) => `Devices of ${label}`,
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
    text: 'Search by a part of the name, or by the organization id.',
    clear: 'Clear the search',
  },
}
