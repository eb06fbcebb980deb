import { Readable } from 'node:stream'
import { csvRow } from '../../domain/csv.ts'
import type { Partnership } from '../../domain/partnership.ts'
import { managementOperation } from '../../http/management.ts'
import { fileName } from '../../http/written-file.ts'
import { partnerships } from '../../store/partnerships.ts'
import { access } from '../access.ts'

const columns = [
  ...[
    'Customer id',
    'Customer',
    'Partner ID',
    'Partner',
    'State',
    'Reasons',
    'Since',
    'Shares',
    'Consent given',
    'Consent until',
  ],
  ...['Connected', 'Last read'],
]

export const exportPartnerships = managementOperation({
  operationId: 'exportPartnerships',
  method: 'GET',
  path: '/partnerships/export',
  tag: 'partnerships',
  summary: 'Which customers and partners are connected, as a table (CSV)',
  description: 'UTF-8 with a head line; times in UTC. What a spreadsheet would take for a formula begins with an apostrophe.',
  access: access.exportPartnerships,
  answer: { status: 200, file: 'text/csv' },
  handle: async ({ context, reply }) => {
    const all = await partnerships(context.db.request)
    reply.header('content-disposition', `attachment; filename="${fileName('connections', context.clock.now(), 'csv')}"`)
    return Readable.from(linesOf(all))
  },
})

function* linesOf(all: readonly Partnership[]): Generator<string> {
  // The mark by which spreadsheets know UTF-8.
  yield `\uFEFF${csvRow(columns)}`
  for (const { customer, partner, consent, state, reasons, since, connectedAt, lastReadAt } of all) {
    const shared = Object.entries(consent?.kinds ?? {}).flatMap(([kind, shares]) => (shares ? [kind] : []))
    const names = [customer.id, customer.name, partner.partnerId, partner.name]
    const times = [consent?.givenAt, consent?.endsAt, connectedAt, lastReadAt]
    yield csvRow([...names, state, reasons.join('; '), since, shared.join(' '), ...times])
  }
}
