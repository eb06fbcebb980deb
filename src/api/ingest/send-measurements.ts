import { isUtf8 } from 'node:buffer'
import { z } from 'zod'
import { batchIdSchema } from '../../domain/batch.ts'
import { problem } from '../../http/problem.ts'
import { acceptReport } from '../../measurements/accept-report.ts'
import { Full } from '../../measurements/appender.ts'
import { readReport, reportBounds, reportDigest, TooManyLines } from '../../measurements/report.ts'
import type { IngestOperation } from './frame.ts'

const count = z.int().min(0)

export const measurementsAnswer = z
  .object({
    batchId: z.string(),
    duplicate: z.boolean().describe('It was stored before, and nothing was stored now; the counts are those of then.'),
    accepted: count.describe('Lines that were stored.'),
    refused: count.describe('Lines that were not.'),
    errors: z
      .array(z.object({ line: z.int().min(1), detail: z.string() }))
      .describe(`Why not, line by line: the first ${reportBounds.errorsMax}.`),
  })
  .meta({ id: 'MeasurementsAnswer' })

export const measurementReport = z
  .object({
    sensorRef: z.string().min(1).max(reportBounds.refLengthMax).describe("The sensor's ref, as reported in a batch before."),
    timestamp: z.iso.datetime({ offset: true }),
    numericValue: z.number().optional(),
    stringValue: z.string().min(1).max(reportBounds.textLengthMax).optional(),
  })
  .meta({ id: 'MeasurementReport', description: 'A line of a report: with exactly one of numericValue and stringValue.' })

export const sendMeasurements: IngestOperation = {
  operationId: 'sendMeasurements',
  method: 'POST',
  path: '/measurements',
  body: { mediaType: 'application/x-ndjson', bytesMax: reportBounds.bodyBytesMax },
  document: {
    summary: 'Send measurements',
    description:
      'Lines of JSON (MeasurementReport), each ended by a line feed. Good lines are stored, and answered after they are; bad ones are named in the ' +
      'answer and stay out. Keep a report until it is answered with 200, and send it again under the same batchId where no answer came: what was ' +
      'stored already is not stored again, and is answered as before. Ids are kept for 7 days, together with those of other batches. At most ' +
      `${reportBounds.linesMax} lines and ${reportBounds.bodyBytesMax / 2 ** 20} MiB. A body may be compressed (Content-Encoding: gzip).`,
    parameters: [
      {
        name: 'batchId',
        in: 'query',
        required: true,
        schema: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,100}$' },
        description: 'New for each report, and the same each time that this report is sent.',
      },
    ],
    requestBody: {
      required: true,
      content: { 'application/x-ndjson': { schema: { $ref: '#/components/schemas/MeasurementReport' } } },
    },
    answer: 'MeasurementsAnswer',
    problems: ['request-malformed', 'request-too-large', 'media-type', 'batch-id-reused'],
  },
  async handle({ context, gateway, body, query }) {
    const batchId = batchIdSchema.safeParse(query.batchId)
    if (!batchId.success)
      throw problem('request-malformed', { detail: `batchId ${batchId.error.issues[0]?.message ?? 'is not right'}` })
    const bytes = body as Buffer
    if (!isUtf8(bytes)) throw problem('request-malformed', { detail: 'The body is not UTF-8. Send lines of JSON in UTF-8.' })
    const sensors = await context.sensorNames.of(gateway)
    try {
      const read = await readReport(bytes, (ref) => sensors.get(ref), context.clock.now())
      const reporting = { ...gateway, trialDue: gateway.trialDue !== false }
      const report = { batchId: batchId.data, digest: reportDigest(bytes), ...read }
      const answer = await acceptReport(context, reporting, report)
      if (answer === 'reused') throw problem('batch-id-reused')
      return answer
    } catch (error) {
      if (error instanceof TooManyLines) {
        const detail = `A report has at most ${reportBounds.linesMax} lines, empty ones too. Send the rest in another one.`
        throw problem('request-too-large', { detail })
      }
      if (!(error instanceof Full)) throw error
      throw problem(error.of === 'all' ? 'unavailable' : 'too-many-requests', { headers: { 'retry-after': '2' } })
    }
  },
}
