import { checkAnswer, type Operation, operations } from '../support/contract.ts'
import { type Call, call, type Reply } from './client.ts'
import { type KeyName, world } from './world.ts'

/** Values of the path's parameters, percent-encoded by `ask` and sent as they are by `askRaw`; `query` goes behind the path. */
export type Parameters = Record<string, string | number>

export { operations }

/** The operations that are about one organization: all but the list of organizations. */
export const ofOneOrganization = operations.filter(({ path }) => path.includes('{organizationId}'))

/** The operations that take an offset of changes. */
export const ofChanges = operations.filter(({ path }) => path.includes('{offset}'))

/** The streams of measurements. */
export const ofStreams = operations.filter(({ isStream }) => isStream)

/** As a replay's offset is written, and never given to anybody. */
export const offsetOfNobody = 'AAAAAAAAAAAAAAAAAAAAAA'

/** Asks an operation, and holds whatever is answered against the document. */
export function ask(operationId: string, key: KeyName | undefined, parameters: Parameters = {}, more: Call = {}): Promise<Reply> {
  const encoded = Object.entries(parameters).map(([name, value]) => [name, name === 'query' ? value : encodeURIComponent(value)])
  return askRaw(operationId, key, Object.fromEntries(encoded) as Parameters, more)
}

/** As `ask`, with parameters that are put into the path as they are. Of a stream, gzip is accepted and the head looked at. */
export async function askRaw(
  operationId: string,
  key: KeyName | undefined,
  parameters: Parameters,
  more: Call = {},
): Promise<Reply> {
  const operation = operationNamed(operationId)
  const path = pathWith(operation, parameters)
  const gzip: Call = { headOnly: true, headers: { 'accept-encoding': 'gzip', ...more.headers } }
  const reply = await call(path, {
    ...(key === undefined ? {} : { key: world.keys[key] }),
    ...more,
    ...(operation.isStream ? gzip : {}),
  })
  try {
    checkAnswer(operationId, reply.status, reply.headers, operation.isStream && reply.status === 200 ? undefined : reply.text)
  } catch (error) {
    throw new Error(`GET ${path.slice(0, 200)}${key ? ` with the key "${key}"` : ''}: ${(error as Error).message}`)
  }
  return reply
}

/** The path after the base URL. What an operation needs besides the organization has a harmless value of its own. */
export function pathWith(operation: Operation, parameters: Parameters): string {
  const values: Parameters = { offset: 0, deviceId: 'no-such-device', ...parameters }
  const path = `/rest/v1${operation.path.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))}`
  const { query = operation.operationId === 'replayMeasurements' ? replayOfNobody : undefined } = parameters
  return query === undefined ? path : `${path}?${query}`
}

const replayOfNobody = `fromOffset=${offsetOfNobody}&toOffset=${offsetOfNobody}`

/** What an operation answers, with these harmless values, to a key that covers the organization. */
export function statusWhereCovered(operationId: string): number {
  return { getDevice: 404, replayMeasurements: 400 }[operationId] ?? 200
}

/** The JSON of a 200. Throws with the answer where it is another status. */
export function bodyOf<Body>(reply: Reply): Body {
  if (reply.status !== 200) throw new Error(`200 was expected, and not ${reply.status}: ${reply.text}`)
  return JSON.parse(reply.text) as Body
}

function operationNamed(operationId: string): Operation {
  const operation = operations.find((candidate) => candidate.operationId === operationId)
  if (!operation) throw new Error(`The document has no operation ${operationId}.`)
  return operation
}
