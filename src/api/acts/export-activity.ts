import { Readable } from 'node:stream'
import { z } from 'zod'
import type { Activity } from '../../domain/activity.ts'
import { csvRow } from '../../domain/csv.ts'
import { managementOperation } from '../../http/management.ts'
import { fileName } from '../../http/written-file.ts'
import { activityBefore } from '../../store/activity.ts'
import type { ActsReader } from '../../store/acts.ts'
import type { ActivityFilter } from '../../store/acts-by-index.ts'
import type { Db } from '../../store/database.ts'
import { access } from '../access.ts'
import { activityFilterOf, activityQuery, actsReaderOf } from './activity-query.ts'

/** Rows that are in memory at once. */
const rowsAtOnce = 500

const columns = [
  'Act',
  'Time',
  'What',
  'Who',
  'Name',
  'Id',
  'Company',
  'Subject',
  'Subject name',
  'Subject id',
  'Details',
  'From',
]

export const exportActivity = managementOperation({
  operationId: 'exportActivity',
  method: 'GET',
  path: '/activity/export',
  tag: 'acts',
  summary: 'The record of acts as a CSV file',
  description: 'The acts of listActivity, all of them.',
  access: access.exportActivity,
  query: z.object(activityQuery),
  answer: { status: 200, file: 'text/csv' },
  handle: async ({ context, caller, query, reply }) => {
    reply.header('content-disposition', `attachment; filename="${fileName('activity', context.clock.now(), 'csv')}"`)
    return Readable.from(linesOf(context.db.request, actsReaderOf(caller), activityFilterOf(query)))
  },
})

/** The file, a page of rows at a time, each a statement of its own: so nobody waits for whoever reads slowly. */
async function* linesOf(db: Db, reader: ActsReader, filter: ActivityFilter): AsyncGenerator<string> {
  // The mark by which spreadsheets know UTF-8.
  yield `\uFEFF${csvRow(columns)}`
  for (let before: number | null = null; ; ) {
    const acts: Activity[] = await activityBefore(db, reader, filter, before, rowsAtOnce)
    if (acts.length > 0) yield acts.map(rowOf).join('')
    const last = acts.at(-1)
    if (acts.length < rowsAtOnce || last === undefined) return
    before = last.seq
  }
}

function rowOf({ seq, at, verb, actor, subject, details, from }: Activity): string {
  const who = [actor.kind, actor.name, actor.id, actor.companyName]
  return csvRow([seq, at, verb, ...who, subject.kind, subject.name, subject.id, JSON.stringify(details), from])
}
