/** The vendor's page of all customers and partners that are connected. */
export const connectionsTexts = {
  title: 'Connections',
  lead: 'Which customers are connected to which partners, and whether the partner can read: if not, why, and since when.',
  export: 'Export CSV',
  search: 'Search connections',
  placeholder: 'Name, Partner ID or id',
  state: 'State',
  anyState: 'Any state',
  count: (valid: number, all: number) => `${valid} of ${all} valid`,
  found: (count: number) => `${count} found`,
  table: 'Connections',
  columns: { customer: 'Customer', partner: 'Partner', state: 'State', since: 'Since', consent: 'Consent', read: 'Last read' },
  nothing: '–',
  empty: {
    title: 'Nobody is connected',
    text: 'A customer adds its partner by the Partner ID, a partner invites a customer, or you connect the two on the customer’s page.',
  },
  noneFound: {
    title: 'No connection matches',
    text: 'Search by a part of a name, by Partner ID or id, or choose another state.',
  },
}
