import { z } from 'zod'
import { batchDigest } from '../../domain/batch.ts'
import { BatchRefused } from '../../domain/batch-errors.ts'
import { checkedBatch } from '../../domain/checked-batch.ts'
import { problem } from '../../http/problem.ts'
import { acceptBatch, BatchIdReused } from '../../store/ingest/accept-batch.ts'
import type { IngestOperation } from './frame.ts'

const count = z.int().min(0)

export const batchAnswer = z
  .object({
    batchId: z.string(),
    duplicate: z.boolean().describe('It was stored before, and changed nothing now; `changed` is what it changed then.'),
    changed: z.object({ inventory: count, sensors: count, alarms: count }).describe('How many objects of each feed changed.'),
  })
  .meta({ id: 'BatchAnswer' })

export const sendBatch: IngestOperation = {
  operationId: 'sendBatch',
  method: 'POST',
  path: '/batches',
  document: {
    summary: 'Send inventory, sensors and alarm states',
    description:
      'Stored whole or not at all. Keep a batch until it is answered with 200, and send it again under the same batchId where no answer came: ' +
      'what was stored already changes nothing, and is answered as before. Ids are kept for 7 days. Send one batch after the other, in their order. ' +
      'A body may be compressed (Content-Encoding: gzip).',
    requestBody: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Batch' } } } },
    answer: 'BatchAnswer',
    problems: ['request-malformed', 'request-too-large', 'media-type', 'batch-refused', 'batch-id-reused'],
  },
  async handle({ context, gateway, body }) {
    try {
      const batch = checkedBatch(body)
      return await acceptBatch(context.db, gateway, batch, batchDigest(batch), context.clock)
    } catch (error) {
      if (error instanceof BatchRefused) throw refused(error)
      if (error instanceof BatchIdReused) throw problem('batch-id-reused')
      throw error
    }
  },
}

function refused({ errors }: BatchRefused) {
  const [first] = errors
  const others = errors.length > 1 ? ` "errors" names ${errors.length === 2 ? 'another one' : `${errors.length - 1} more`}.` : ''
  const detail = `Nothing of this batch was stored. ${first?.pointer || 'The batch'}: ${first?.detail}.${others}`
  return problem('batch-refused', { detail, extension: { errors } })
}
