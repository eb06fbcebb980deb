import readCookies from '@fastify/cookie'
import swagger from '@fastify/swagger'
import fastify, { type FastifyInstance } from 'fastify'
import { createJsonSchemaTransform, createJsonSchemaTransformObject, serializerCompiler } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import type { Accounts } from '../auth/accounts.ts'
import { openFindLimits } from '../auth/find-limits.ts'
import { openReportLimits } from '../auth/report-limits.ts'
import { openAccountLimits } from '../auth/sign-in-limits.ts'
import type { Context } from '../context.ts'
import { noteAnswers } from '../http/access-record.ts'
import { type ManagementParts, malformed, registerOperation } from '../http/management.ts'
import { requestValidator } from '../http/schema-words.ts'
import { managementOperations } from './management.ts'
import { messagesSent, schemasOfDeviceData } from './webhooks/messages-document.ts'

const prefix = '/api/v1'

/** The management API: what the portal, the command line and automation use. */
export function managementApi(server: FastifyInstance, context: Context): void {
  const limits = {
    ...openAccountLimits(context.config.rateLimitFactor),
    findLimits: openFindLimits(context.config.rateLimitFactor),
    reportLimits: openReportLimits(context.config.rateLimitFactor),
  }
  const accounts = accountsWhenAsked(context)
  const parts: ManagementParts = {
    context,
    get accounts() {
      return accounts.opened()
    },
    ...limits,
  }
  server.register(
    async (v1) => {
      await v1.register(readCookies)
      v1.addHook('onRequest', accounts.open)
      registerAll(v1, parts)
    },
    { prefix },
  )
  server.get(`${prefix}/openapi.json`, async (_, reply) => {
    document ??= managementDocument().then((made) => JSON.stringify(made))
    return reply.type('application/json; charset=utf-8').send(await document)
  })
}

/** Made when somebody first asks for it: it costs as much as all else that a start makes of the operations, and is the same for every server. */
let document: Promise<string> | undefined

/**
 * The accounts, opened by the first request: their library is a tenth of an idle server's memory and of its start, and a server of programs alone
 * does without.
 */
function accountsWhenAsked(context: Context): { open(): Promise<void>; opened(): Accounts } {
  let opening: Promise<Accounts> | undefined
  let accounts: Accounts | undefined
  return {
    open: async () => {
      opening ??= import('../auth/accounts.ts').then(({ openAccounts }) => openAccounts(context))
      accounts = await opening.catch((error) => {
        opening = undefined
        throw error
      })
    },
    opened: () => {
      if (accounts === undefined) throw new Error('The accounts are opened by a request.')
      return accounts
    },
  }
}

function registerAll(server: FastifyInstance, parts: ManagementParts | null): void {
  server.setValidatorCompiler(requestValidator)
  server.setSerializerCompiler(serializerCompiler)
  server.setSchemaErrorFormatter(malformed)
  // Of the frame's own parsers: every body here is JSON.
  server.removeContentTypeParser('text/plain')
  server.decorateRequest('caller', null)
  if (parts !== null) noteAnswers(server, parts.context.accesses)
  for (const operation of managementOperations) registerOperation(server, operation, parts)
}

/** The API's OpenAPI document, made of its operations alone: no server and no database are needed. */
export async function managementDocument(): Promise<Record<string, unknown>> {
  const server = fastify()
  const zodToJsonConfig = { override: plain }
  server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Assent management API',
        version: '1',
        description:
          'What the portal, the command line and programs use. Errors are problems (RFC 9457); what is absent is omitted.',
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'assent.session_token', description: 'Set by signIn.' },
          accessToken: { type: 'http', scheme: 'bearer', description: 'An access token (at_…).' },
        },
      },
    },
    transform: createJsonSchemaTransform({ zodToJsonConfig }),
    transformObject: createJsonSchemaTransformObject({ zodToJsonConfig }),
  })
  server.register(async (v1) => registerAll(v1, null), { prefix })
  await server.ready()
  const document = server.swagger() as unknown as { components: { schemas: Record<string, unknown> } }
  const schemas = { ...document.components.schemas, ...(await schemasOfDeviceData()) }
  // The library makes a second form of each schema for requests; ours stand in answers alone. By name: their own order is that of loading.
  document.components.schemas = Object.fromEntries(
    Object.entries(schemas)
      .filter(([name]) => !(name.endsWith('Input') && name.slice(0, -5) in schemas))
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  )
  return { ...document, webhooks: messagesSent() }
}

/**
 * Leaves out what is no promise: the expression that checks a format, the bounds of every integer, and that an answer will
 * never say more.
 */
function plain({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  const { def } = zodSchema._zod
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  if (def.type === 'object' && def.catchall === undefined) delete jsonSchema.additionalProperties
  if (def.type === 'undefined') jsonSchema.type = 'null'
}
