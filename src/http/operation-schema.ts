import { z } from 'zod'
import { companyHeader } from '../auth/acting-for.ts'
import {
  type Access,
  isForMembers,
  isForPersons,
  type ManagementOperation,
  type MemberAccess,
  type PersonAccess,
} from './management.ts'
import { type ProblemCode, problems } from './problem.ts'

const problemSchema = z
  .object({
    type: z.string().describe('Names the entry of the errors page; stable.'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What to do.'),
    requestId: z.string(),
    errors: z
      .array(z.object({ where: z.string(), message: z.string() }))
      .optional()
      .describe('Of request-malformed: each bad place.'),
  })
  .meta({ id: 'Problem', description: 'A problem that the caller can act on (RFC 9457).' })

const companyHeaders = z.object({
  [companyHeader]: z.string().optional().describe('The customer for which an administrator of its partner acts.'),
})

/** What the frame checks of a request, and the document says of an operation: who may use it, and every problem that it answers. */
export function schemaOf(operation: ManagementOperation) {
  const { params, query, body, answer } = operation
  return {
    operationId: operation.operationId,
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.description === undefined ? {} : { description: operation.description }),
    security: operation.access === 'anyone' ? [] : securityOf(operation.access),
    ...(params ? { params } : {}),
    ...(query ? { querystring: query } : {}),
    ...(isForMembers(operation.access) && operation.access.byPartner ? { headers: companyHeaders } : {}),
    ...(body ? { body } : {}),
    response: { [answer.status]: successOf(answer), ...problemAnswers(operation) },
  }
}

function successOf({ schema, file }: ManagementOperation['answer']): unknown {
  if (file !== undefined) return { description: 'The file', content: { [file]: { schema: fileSchema } } }
  if (schema === undefined) return z.undefined().describe('Done')
  return { description: 'Done', content: { 'application/json': { schema } } }
}

const fileSchema = z.file()

function securityOf(access: Exclude<Access, 'anyone'>): Record<string, string[]>[] {
  return isForPersons(access) || access.sessionOnly ? [{ session: [] }] : [{ session: [] }, { accessToken: [] }]
}

function problemAnswers(operation: ManagementOperation): Record<string, unknown> {
  const { access, params, query, body } = operation
  const codes: ProblemCode[] = [
    ...(params || query || body ? (['request-malformed'] as const) : []),
    ...(access === 'anyone' ? [] : (['not-signed-in'] as const)),
    ...(typeof access === 'string' ? [] : accessProblems(access)),
    'too-many-requests',
    ...(operation.method === 'GET' ? [] : (['cross-site'] as const)),
    ...(operation.problems ?? []),
  ]
  const byStatus = Map.groupBy(new Set(codes), (code) => problems[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, of]) => [
      status,
      { description: of.join(', '), content: { 'application/problem+json': { schema: problemSchema } } },
    ]),
  )
}

function accessProblems(access: PersonAccess | MemberAccess): ProblemCode[] {
  return [
    ...(isForMembers(access) ? (['not-allowed', 'two-factor-needed', 'single-sign-on-needed'] as const) : []),
    ...('ownSignIn' in access ? (['own-sign-in-needed'] as const) : []),
    ...(access.confirmed ? (['confirmation-needed'] as const) : []),
  ]
}
