import { z } from 'zod'
import { batchIdSchema } from '../../domain/batch.ts'
import { problem } from '../../http/problem.ts'
import { acceptReport } from '../../measurements/accept-report.ts'
import { Full } from '../../measurements/appender.ts'
import { saidLength } from '../../measurements/body.ts'
import { reportBounds } from '../../measurements/report.ts'
import type { ReportRead } from '../../measurements/tasks.ts'
import type { IngestAsked, IngestOperation } from './frame.ts'

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
  body: { mediaType: 'application/x-ndjson', bytesMax: reportBounds.bodyBytesMax, asSent: true },
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
  async handle(asked) {
    const { context, gateway, query } = asked
    const batchId = batchIdSchema.safeParse(query.batchId)
    if (!batchId.success)
      throw problem('request-malformed', { detail: `batchId ${batchId.error.issues[0]?.message ?? 'is not right'}` })
    const read = await reportIn(asked)
    if ('refused' in read) throw refusals[read.refused]()
    try {
      const reporting = { ...gateway, trialDue: gateway.trialDue !== false }
      const answer = await acceptReport(context, reporting, { batchId: batchId.data, ...read })
      if (answer === 'reused') throw problem('batch-id-reused')
      return answer
    } catch (error) {
      if (!(error instanceof Full)) throw error
      throw problem(error.of === 'all' ? 'unavailable' : 'too-many-requests', { headers: { 'retry-after': '2' } })
    }
  },
}

/**
 * Reads a report. Of a compressed one, there must be room for what it says that it holds, and it is held to that; only one of several members holds
 * more, and is read again with room for the largest there may be.
 */
async function reportIn({ context, gateway, body, isGzip, takeRoom }: IngestAsked): Promise<ReportRead> {
  const bytes = body as Buffer
  const names = (await context.sensorNames.of(gateway)).names
  const readWithin = (bytesMax: number) => {
    takeRoom(isGzip ? bytesMax : 0)
    return context.threads.do('readReport', bytesMax, { body: bytes, isGzip, bytesMax, names, now: context.clock.now() })
  }
  const said = Math.min(isGzip ? saidLength(bytes) : bytes.length, reportBounds.bodyBytesMax)
  const read = await readWithin(said)
  const holdsMore = 'refused' in read && read.refused === 'too large' && said < reportBounds.bodyBytesMax
  return holdsMore ? readWithin(reportBounds.bodyBytesMax) : read
}

const refusals = {
  'not UTF-8': () => problem('request-malformed', { detail: 'The body is not UTF-8. Send lines of JSON in UTF-8.' }),
  'not gzip': () =>
    problem('request-malformed', { detail: 'The body cannot be decompressed. Send gzip, or no Content-Encoding.' }),
  'too large': () =>
    problem('request-too-large', { detail: `A report has at most ${reportBounds.bodyBytesMax} bytes, decompressed.` }),
  'too many lines': () =>
    problem('request-too-large', {
      detail: `A report has at most ${reportBounds.linesMax} lines, empty ones too. Send the rest in another one.`,
    }),
} satisfies Record<Extract<ReportRead, { refused: string }>['refused'], () => Error>
