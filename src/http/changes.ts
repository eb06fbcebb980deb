import type { FastifyRequest } from 'fastify'
import type { Sql } from 'sql-template-tag'
import type { ChangeOffset, OrganizationId } from '../domain/ids.ts'
import { type ChangesRow, changesMax, type Family } from '../store/feeds.ts'
import { deviceDataOperation, type Registration } from './device-data.ts'
import { sendJson } from './json.ts'
import { problem } from './problem.ts'

interface ChangesOperation {
  operationId: string
  family: Family
  path: string
  /** The property that holds the changes: `inventoryObjectChanges`, … */
  property: string
  select(organization: OrganizationId, offset: ChangeOffset): Sql
}

/** An operation that answers a family's changes after an offset (contract, section 4). */
export function changesOperation(operation: ChangesOperation): Registration {
  return deviceDataOperation<ChangesRow, ChangeOffset>({
    operationId: operation.operationId,
    path: operation.path,
    limit: 'changes',
    check: offsetIn,
    glance: { family: operation.family, list: false, enough: (row, { checked }) => row.head <= checked },
    question: ({ organization, checked }) => operation.select(organization, checked),
    covered: 'head',
    answer: (row, { reply, checked, access }) => {
      access.objects = row.count ?? 0
      return sendJson(reply, changesBody(operation.property, row, checked))
    },
  })
}

/** The offset of the path: decimal digits, below 2^53. Throws the problem of a malformed one. */
export function offsetIn(request: FastifyRequest): ChangeOffset {
  const { offset = '' } = request.params as { offset?: string }
  const value = /^[0-9]{1,16}$/.test(offset) ? Number(offset) : Number.NaN
  if (!Number.isSafeInteger(value)) throw problem('offset-malformed')
  return value as ChangeOffset
}

/**
 * At the head the offset that was asked with comes back; anywhere else it advances. `resyncRequired` where deletions after the
 * asked offset are no longer kept, and where the offset is one that was never handed out.
 */
export function changesBody(property: string, row: ChangesRow, asked: ChangeOffset): string {
  const offset = row.count === changesMax && asked !== 0 ? row.last : row.head
  const lost = (asked !== 0 && asked < row.purged) || asked > row.head
  return `{"${property}":[${row.changes ?? ''}],"offset":${offset}${lost ? ',"resyncRequired":true' : ''}}`
}
