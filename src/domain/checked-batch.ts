import type { z } from 'zod'
import { type Batch, batchBounds, batchSchema, recordSchemas } from './batch.ts'
import { type BadRecord, BatchRefused, badRecords } from './batch-errors.ts'

type Json = Record<string, unknown>

/**
 * A batch that its schema takes, or a BatchRefused. Its lists are checked a record at a time, so that a batch of nothing but bad records
 * costs no more than naming as many of them as an answer does (I9).
 */
export function checkedBatch(body: unknown): Batch {
  const { hollow, lists } = withoutLists(body)
  const frame = batchSchema.safeParse(hollow)
  const errors = frame.success ? [] : badRecords(frame.error.issues)
  for (const list of lists) {
    if (errors.length < batchBounds.errorsMax) errors.push(...checkList(list, batchBounds.errorsMax - errors.length))
  }
  if (!frame.success || errors.length > 0) throw new BatchRefused(errors)
  // Into their places in the schema's order, on which the batch's digest depends.
  for (const { path, records } of lists) {
    const parent = (path.length === 1 ? frame.data : frame.data[path[0] as 'inventory']) as Json
    parent[path.at(-1) as string] = records
  }
  return frame.data
}

interface List {
  path: string[]
  record: z.ZodType
  records: unknown[]
}

/** A batch whose lists are empty, and what was in them. Of what is no batch nothing is taken out. */
function withoutLists(body: unknown): { hollow: unknown; lists: List[] } {
  if (!isObject(body)) return { hollow: body, lists: [] }
  const hollow: Json = { ...body }
  const lists: List[] = []
  for (const [part, name, record] of recordSchemas) {
    const parent = part === null ? hollow : hollow[part]
    if (!isObject(parent) || !Array.isArray(parent[name])) continue
    lists.push({ path: part === null ? [name] : [part, name], record, records: parent[name] })
    if (part === null) hollow[name] = []
    else hollow[part] = { ...parent, [name]: [] }
  }
  return { hollow, lists }
}

/** Puts each record's checked form in its place. Returns what is wrong, at most `errorsMax`. */
function checkList({ path, record, records }: List, errorsMax: number): BadRecord[] {
  if (records.length > batchBounds.recordsMax) {
    return badRecords([
      { code: 'too_big', origin: 'array', maximum: batchBounds.recordsMax, input: [], inclusive: true, path, message: '' },
    ])
  }
  const errors: BadRecord[] = []
  for (const [index, given] of records.entries()) {
    const checked = record.safeParse(given)
    if (checked.success) records[index] = checked.data
    else errors.push(...badRecords(checked.error.issues, [...path, index]))
    if (errors.length >= errorsMax) return errors.slice(0, errorsMax)
  }
  return errors
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
