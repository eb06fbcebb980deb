import { Readable } from 'node:stream'
import { csvRow } from '../../domain/csv.ts'
import type { ConnectedCustomer } from '../../domain/partnership.ts'
import { managementOperation } from '../../http/management.ts'
import { fileName } from '../../http/written-file.ts'
import { customersOf } from '../../store/customers.ts'
import { access } from '../access.ts'

const columns = [
  ...['Organization id', 'Customer', 'State', 'Reasons', 'Since', 'Shares', 'Consent given', 'Subscription until', 'Connected'],
  ...['Last read', 'Consent asked for'],
]

export const exportCustomers = managementOperation({
  operationId: 'exportCustomers',
  method: 'GET',
  path: '/customers/export',
  tag: 'customers',
  summary: "The partner's customers as a table (CSV)",
  description: 'UTF-8 with a head line; times in UTC. What a spreadsheet would take for a formula begins with an apostrophe.',
  access: access.exportCustomers,
  answer: { status: 200, file: 'text/csv' },
  handle: async ({ context, caller, reply }) => {
    const customers = await customersOf(context.db.request, caller.company.id)
    reply.header('content-disposition', `attachment; filename="${fileName('customers', context.clock.now(), 'csv')}"`)
    return Readable.from(linesOf(customers))
  },
})

function* linesOf(customers: readonly ConnectedCustomer[]): Generator<string> {
  // The mark by which spreadsheets know UTF-8.
  yield `\uFEFF${csvRow(columns)}`
  for (const one of customers) {
    const shared = Object.entries(one.kinds ?? {}).flatMap(([kind, shares]) => (shares ? [kind] : []))
    const times = [one.consentGivenAt, one.subscriptionEndsAt, one.connectedAt, one.lastReadAt, one.consentAskedAt]
    yield csvRow([one.organizationId, one.label, one.state, one.reasons.join('; '), one.since, shared.join(' '), ...times])
  }
}
