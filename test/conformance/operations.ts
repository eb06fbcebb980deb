import { checkAnswer, type Operation, operations } from '../support/contract.ts'
import { type Call, call, type Reply } from './client.ts'
import { type KeyName, world } from './world.ts'

/** Values of the path's parameters, percent-encoded by `ask` and sent as they are by `askRaw`. */
export type Parameters = Record<string, string | number>

export { operations }

/** The operations that are about one organization: all but the list of organizations. */
export const ofOneOrganization = operations.filter(({ path }) => path.includes('{organizationId}'))

/** The operations that take an offset. */
export const ofChanges = operations.filter(({ path }) => path.includes('{offset}'))

/** Asks an operation, and holds whatever is answered against the document. */
export function ask(operationId: string, key: KeyName | undefined, parameters: Parameters = {}, more: Call = {}): Promise<Reply> {
  const encoded = Object.entries(parameters).map(([name, value]) => [name, encodeURIComponent(value)])
  return askRaw(operationId, key, Object.fromEntries(encoded) as Parameters, more)
}

/** As `ask`, with parameters that are put into the path as they are. */
export async function askRaw(
  operationId: string,
  key: KeyName | undefined,
  parameters: Parameters,
  more: Call = {},
): Promise<Reply> {
  const path = pathWith(operationNamed(operationId), parameters)
  const reply = await call(path, { ...(key === undefined ? {} : { key: world.keys[key] }), ...more })
  try {
    checkAnswer(operationId, reply.status, reply.headers, reply.text)
  } catch (error) {
    throw new Error(`GET ${path.slice(0, 200)}${key ? ` with the key "${key}"` : ''}: ${(error as Error).message}`)
  }
  return reply
}

/** The path after the base URL. What an operation needs besides the organization has a harmless value of its own. */
export function pathWith(operation: Operation, parameters: Parameters): string {
  const values: Parameters = { offset: 0, deviceId: 'no-such-device', ...parameters }
  return `/rest/v1${operation.path.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))}`
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
