import { Readable } from 'node:stream'
import { z } from 'zod'
import { csvRow } from '../../domain/csv.ts'
import type { ReadAccess } from '../../domain/data-access.ts'
import { managementOperation } from '../../http/management.ts'
import { fileName } from '../../http/written-file.ts'
import {
  type AccessFilter,
  type AccessPlace,
  accessesOf,
  accessGapsOf,
  type Customer,
  placeOf,
} from '../../store/accesses/history.ts'
import type { Db } from '../../store/database.ts'
import { access } from '../access.ts'
import { accessQuery, customerOf, filterOf } from './asked.ts'

/** Rows that are in memory at once. */
const rowsAtOnce = 1000

const columns = [
  ...['First', 'Last', 'Company', 'By', 'Name', 'Id', 'Operation', 'Status', 'Address'],
  ...['Requests', 'Objects', 'Bytes', 'Lines'],
]

export const exportAccesses = managementOperation({
  operationId: 'exportAccesses',
  method: 'GET',
  path: '/accesses/export',
  tag: 'accesses',
  summary: "Who accessed the customer's data, as a CSV file",
  description: 'The rows of listAccesses, all of them. Gaps come last, as rows that begin with "gap".',
  access: access.exportAccesses,
  query: z.object(accessQuery),
  answer: { status: 200, file: 'text/csv' },
  handle: async ({ context, caller, query, reply }) => {
    const now = context.clock.now()
    const filter = filterOf(query, context.clock)
    reply.header('content-disposition', `attachment; filename="${fileName('accesses', now, 'csv')}"`)
    return Readable.from(linesOf(context.db.request, customerOf(caller), filter, now))
  },
})

/** The file, a page of rows at a time, each a statement of its own: so nobody waits for whoever reads slowly. */
async function* linesOf(db: Db, customer: Customer, filter: AccessFilter, now: Date): AsyncGenerator<string> {
  // The mark by which spreadsheets know UTF-8.
  yield `\uFEFF${csvRow(columns)}`
  for (let after: AccessPlace | null = null; ; ) {
    const rows: ReadAccess[] = await accessesOf(db, customer, filter, after, rowsAtOnce)
    if (rows.length > 0) yield rows.map(rowOf).join('')
    const last = rows.at(-1)
    if (rows.length < rowsAtOnce || last === undefined) break
    after = placeOf(last)
  }
  for (const gap of await accessGapsOf(db, filter, now)) yield csvRow(['gap', gap.from, gap.to])
}

function rowOf({ reader, firstAt, lastAt, operation, status, address, requests, objects, bytes, lines }: ReadAccess): string {
  const who = [reader.companyName, reader.kind, reader.name, reader.id]
  return csvRow([firstAt, lastAt, ...who, operation, status, address, requests, objects, bytes, lines])
}
