import { z } from 'zod'
import { batchSchema } from '../../domain/batch.ts'
import { type ProblemCode, problems } from '../../http/problem.ts'
import type { IngestOperation } from './frame.ts'
import { ownGateway } from './get-gateway.ts'
import { batchAnswer } from './send-batch.ts'
import { measurementReport, measurementsAnswer } from './send-measurements.ts'

const problemSchema = z
  .object({
    type: z.string().describe('Names the entry of the errors page; stable.'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What to do.'),
    requestId: z.string(),
    errors: z
      .array(z.object({ pointer: z.string().describe('JSON pointer (RFC 6901) into the batch.'), detail: z.string() }))
      .optional()
      .describe('Of batch-refused: each bad record.'),
  })
  .meta({ id: 'Problem', description: 'A problem that the gateway, or who looks after it, can act on (RFC 9457).' })

/** What a gateway may say of itself with any request. */
const waiting = {
  name: 'Assent-Waiting-Bytes',
  in: 'header',
  required: false,
  description: 'How much lies on the disk of the gateway, still to be sent after this request, for whoever looks after it.',
  schema: { type: 'integer', minimum: 0 },
}

/** What any operation may answer. */
const commonProblems: readonly ProblemCode[] = ['gateway-refused', 'too-many-requests', 'internal', 'unavailable']

/** The ingest API's OpenAPI document, made of its operations and schemas alone. */
export function documentOf(operations: readonly IngestOperation[], prefix: string): Record<string, unknown> {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Assent ingest API',
      version: '1',
      description:
        'What gateways send in: devices, their sensors, alarms and measurements, under names of their own. Errors are problems (RFC 9457).',
    },
    security: [{ gatewayToken: [] }],
    paths: Object.fromEntries(
      operations.map(({ operationId, method, path, document }) => [
        `${prefix}${path}`,
        { [method.toLowerCase()]: operationOf(operationId, document) },
      ]),
    ),
    components: {
      securitySchemes: {
        gatewayToken: {
          type: 'http',
          scheme: 'bearer',
          description: "A gateway's token (gw_…), shown when the gateway is added in the portal.",
        },
      },
      schemas: {
        ...schemasOf(batchSchema, 'input'),
        ...schemasOf(batchAnswer),
        ...schemasOf(measurementReport),
        ...schemasOf(measurementsAnswer),
        ...schemasOf(ownGateway),
        ...schemasOf(problemSchema),
      },
    },
  }
}

function operationOf(operationId: string, { answer, problems: own, ...document }: Record<string, unknown>) {
  const codes = [...commonProblems, ...(own as ProblemCode[])]
  const byStatus = Map.groupBy(codes, (code) => problems[code].status)
  const refused = [...byStatus]
    .sort(([one], [other]) => one - other)
    .map(([status, of]) => [
      status,
      {
        description: of.join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ])
  const done = { description: 'Done', content: { 'application/json': { schema: { $ref: `#/components/schemas/${answer}` } } } }
  return {
    operationId,
    ...document,
    parameters: [...((document.parameters as unknown[]) ?? []), waiting],
    responses: { 200: done, ...Object.fromEntries(refused) },
  }
}

/** The named schemas in a schema, as components. */
function schemasOf(schema: z.ZodType, io: 'input' | 'output' = 'output'): Record<string, unknown> {
  const made = z.toJSONSchema(schema, { io, override: plain })
  const text = JSON.stringify(made.$defs).replaceAll('"#/$defs/', '"#/components/schemas/')
  return JSON.parse(text)
}

/** Leaves out the expressions that check a format, and in answers that no property is ever added. */
function plain({ jsonSchema }: { jsonSchema: Record<string, unknown> }): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern
  delete jsonSchema.id
}
