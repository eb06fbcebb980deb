import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { closedSchemas } from './closed-schemas.ts'
import {
  type Answer,
  deviceDataDocument,
  type MediaType,
  type OpenApiDocument,
  referenced,
  type Schema,
} from './device-data-document.ts'

/** An operation of the device-data API. `path` is a template after `/rest/v1`, such as `/organizations/{organizationId}/alarms`. */
export interface Operation {
  operationId: string
  method: string
  path: string
  tag: string
  statuses: number[]
  /** Its 200 is a stream of lines, which may have no end. */
  isStream: boolean
}

const linesType = 'application/x-ndjson'

export type Headers = Record<string, string | string[] | number | undefined>

/** The operations of `document`, in its order. */
export function operationsOf(document: OpenApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, tags, responses }]) => ({
      operationId,
      method: method.toUpperCase(),
      path,
      tag: tags.join(' '),
      statuses: Object.keys(responses).map(Number),
      isStream: responses['200']?.content?.[linesType] !== undefined,
    })),
  )
}

const document = deviceDataDocument()

/** The operations of openapi/device-data.yaml, in its order. */
export const operations = operationsOf(document)

const patterns = operations.map((one) => ({ one, path: new RegExp(`^/rest/v1${one.path.replace(/\{\w+\}/g, '[^/]+')}$`) }))

/** The operation that a URL is of; undefined where it is of none. */
export function operationAt(url: string): Operation | undefined {
  const { pathname } = new URL(url)
  return patterns.find(({ path }) => path.test(pathname))?.one
}

/** The template with its parameters put in, each percent-encoded. */
export function pathOf(operation: Operation, parameters: Record<string, string | number>): string {
  return operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name]
    if (value === undefined) throw new Error(`${operation.operationId} needs ${name}.`)
    return encodeURIComponent(value)
  })
}

/**
 * Throws with everything in which an answer differs from openapi/device-data.yaml: its status, its media type, a missing header, a
 * property that is missing, unknown or of another type. Header names are in lower case; `body` is the JSON text, or what it was parsed
 * to, and undefined or '' where there was none. Of a stream it is the text as far as it was read, decompressed, or undefined where only
 * the head was looked at: each line is checked, and the last one where a replay is `whole`.
 */
export function checkAnswer(operationId: string, status: number, headers: Headers, body: unknown, whole = false): void {
  const deviations = answerDeviations(operationId, status, headers, body, whole)
  if (deviations.length > 0) throw new Error(`${operationId} answered ${status}:\n${deviations.join('\n')}`)
}

/** What `checkAnswer` would throw, as sentences; empty where the answer is as documented. */
export function answerDeviations(operationId: string, status: number, headers: Headers, body: unknown, whole = false): string[] {
  const documented = documentedAnswer(operationId, status)
  if (!documented) return [`The document knows no status ${status} of ${operationId}.`]
  const missing = Object.keys(documented.headers ?? {})
    .filter((name) => headers[name.toLowerCase()] === undefined && !isOptionalHeader(name, status))
    .map((name) => `The header ${name} is missing.`)
  return [...missing, ...bodyDeviations(documented, headers, body, whole)]
}

/** 503 may come from a server that knows neither when it is back nor who asks, 500 before the limits were looked at. */
function isOptionalHeader(name: string, status: number): boolean {
  return status >= 500 && ['RateLimit', 'RateLimit-Policy', 'Retry-After'].includes(name)
}

function bodyDeviations(documented: Answer, headers: Headers, body: unknown, whole: boolean): string[] {
  const [entry] = Object.entries(documented.content ?? {})
  if (!entry) return body === undefined || body === '' ? [] : ['There is a body where none is documented.']
  const [mediaType, content] = entry
  const sent = String(headers['content-type'] ?? 'nothing')
  const form = sent.toLowerCase().replace(/\s*;\s*charset="?utf-8"?$/, '')
  const wrongType = form === mediaType ? [] : [`The content type is ${sent}, not ${mediaType}.`]
  if (mediaType !== linesType) return [...wrongType, ...valueDeviations(content.schema, body)]
  return [...wrongType, ...(body === undefined ? [] : streamDeviations(content, String(body), whole))]
}

/** In what the lines of a stream differ from their schemas; an empty one is a heartbeat. */
function streamDeviations({ schema, 'x-last-line': last }: MediaType, text: string, whole: boolean): string[] {
  const lines = text.split('\n')
  const rest = lines.pop()
  const place = whole && last ? lines.length - 1 : Number.NaN
  return [
    ...lines.flatMap((line, index) => {
      if (line === '' && index !== place) return []
      const deviations = index === place && last ? valueDeviations(last, line) : measurementDeviations(schema, line)
      return deviations.map((one) => `line ${index + 1}: ${one}`)
    }),
    ...(whole && rest !== '' ? ['The last line has no end.'] : []),
    ...(whole && last && lines.length === 0 ? ['There is no last line.'] : []),
  ]
}

/** JSON Schema as the document has it cannot say that there is exactly one value, and that a time is in UTC with milliseconds. */
function measurementDeviations(schema: Schema, line: string): string[] {
  const deviations = valueDeviations(schema, line)
  if (deviations.length > 0) return deviations
  const { numericValue, stringValue, timestamp, offset } = parsed(line) as Record<string, unknown>
  return [
    ...((numericValue === undefined) === (stringValue === undefined) ? ['There is not exactly one value.'] : []),
    ...(/T\d\d:\d\d:\d\d\.\d{3}Z$/.test(String(timestamp)) ? [] : [`${timestamp} is not in UTC with milliseconds.`]),
    ...(offset === undefined || /^[A-Za-z0-9_-]+$/.test(String(offset)) ? [] : [`The offset ${offset} is not URL-safe.`]),
  ]
}

function valueDeviations(schema: Schema, body: unknown): string[] {
  const value = typeof body === 'string' ? parsed(body) : body
  if (value === undefined) return ['The body is no JSON.']
  const check = checkOf(schema)
  if (check(value)) return []
  return (check.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function documentedAnswer(operationId: string, status: number): Answer | undefined {
  const operation = Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .find((candidate) => candidate.operationId === operationId)
  if (!operation)
    throw new Error(
      `The document has no operation ${operationId}. It has ${operations.map((one) => one.operationId).join(', ')}.`,
    )
  const answer = operation.responses[status]
  return answer?.$ref ? document.components.responses[referenced(answer.$ref)] : answer
}

const ajv = new Ajv({ allErrors: true, discriminator: true, strict: true, strictRequired: false })
formats.default(ajv)
const $defs = closedSchemas(document)
const checks = new Map<string, ValidateFunction>()

function checkOf(schema: Schema): ValidateFunction {
  const name = referenced(schema.$ref ?? '')
  const known = checks.get(name)
  if (known) return known
  const check = ajv.compile({ $ref: `#/$defs/${name}`, $defs })
  checks.set(name, check)
  return check
}
