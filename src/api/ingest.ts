import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { documentOf } from './ingest/document.ts'
import { type IngestOperation, registerIngest } from './ingest/frame.ts'
import { getGateway } from './ingest/get-gateway.ts'
import { sendBatch } from './ingest/send-batch.ts'
import { sendMeasurements } from './ingest/send-measurements.ts'

/** Every operation of the ingest API, in the order of its document. */
export const ingestOperations: readonly IngestOperation[] = [sendBatch, sendMeasurements, getGateway]

const prefix = '/ingest/v1'

/** The ingest API: what gateways send in, with tokens of their own. */
export function ingestApi(server: FastifyInstance, context: Context): void {
  const document = JSON.stringify(ingestDocument())
  server.register(async (v1) => registerIngest(v1, context, ingestOperations), { prefix })
  server.get(`${prefix}/openapi.json`, async (_, reply) => reply.type('application/json; charset=utf-8').send(document))
}

/** The API's OpenAPI document: no server and no database are needed. */
export function ingestDocument(): Record<string, unknown> {
  return documentOf(ingestOperations, prefix)
}
