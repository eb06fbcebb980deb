import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { MeasurementsAnswer } from './batch.ts'
import type { MeasurementBatch } from './measurement-queue.ts'

/** How long the server may take to answer. It stores a batch of thousands of devices in about a second. */
const answerMsMax = 60_000
/** An answer lists up to 100 refused lines. */
const answerBytesMax = 256 * 1024
const gzipFromBytes = 1024

/** What became of a batch that was sent, as far as it matters to the queue. */
export type Outcome =
  | { kind: 'accepted'; duplicate: boolean; refused?: RefusedLines }
  /** Never to be sent again: its content is what the server refuses. */
  | { kind: 'refused'; why: string }
  /** Token or address are wrong: a person has to act, and the batch is kept. */
  | { kind: 'misconfigured'; why: string }
  | { kind: 'failed'; why: string; retryAfterMs?: number }

/** Lines that the server did not store of a batch that it took, and what it says of the first. */
export interface RefusedLines {
  count: number
  first: string
}

const contentStatuses = [400, 409, 413, 415, 422]

/** Where to send, as whom, and what is still to be sent after it. */
export interface Target {
  url: URL
  token: string
  waitingBytes: number
}

/** Sends one batch of inventory, sensors and alarms, as the JSON text that it was queued as. Never throws. */
export async function sendBatch(target: Target, text: string, signal: AbortSignal): Promise<Outcome> {
  const compress = text.length >= gzipFromBytes
  const body = compress ? await promisify(gzip)(text) : text
  return post(new URL('ingest/v1/batches', target.url), target, 'application/json', body, compress, signal)
}

/** Sends one batch of measurements, as the compressed lines that it was queued as. Never throws. */
export async function sendMeasurements(target: Target, { id, gzipped }: MeasurementBatch, signal: AbortSignal): Promise<Outcome> {
  const address = new URL('ingest/v1/measurements', target.url)
  address.searchParams.set('batchId', id)
  return post(address, target, 'application/x-ndjson', gzipped, true, signal)
}

async function post(
  address: URL,
  { token, waitingBytes }: Target,
  contentType: string,
  body: string | Uint8Array<ArrayBuffer>,
  isCompressed: boolean,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': contentType,
        'user-agent': 'assent-gateway/0.1.0',
        'assent-waiting-bytes': String(waitingBytes),
        ...(isCompressed && { 'content-encoding': 'gzip' }),
      },
      body,
      redirect: 'error', // a redirect would carry the token elsewhere
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerMsMax)]),
    })
    return outcomeOf(response, await boundedText(response))
  } catch (error) {
    return { kind: 'failed', why: reasonOf(error) }
  }
}

function outcomeOf(response: Response, body: string): Outcome {
  const { status } = response
  if (status === 200) return acceptedOf(body)
  const why = `${status}: ${body}`
  if (contentStatuses.includes(status)) return { kind: 'refused', why }
  if (status === 401)
    return { kind: 'misconfigured', why: 'the token is not valid (401): was the gateway removed, or the company suspended?' }
  if (status !== 408 && status !== 429 && status < 500) {
    return { kind: 'misconfigured', why: `${status} is not an answer of the ingest API: is server.url right?` }
  }
  const retryAfterMs = retryAfterOf(response.headers.get('retry-after'))
  return { kind: 'failed', why: String(status), ...(retryAfterMs !== undefined && { retryAfterMs }) }
}

/** What a 200 says. One that is not the ingest API's comes from something in between, and means that nothing was stored. */
function acceptedOf(body: string): Outcome {
  const answer = answerIn(body)
  if (typeof answer?.duplicate !== 'boolean')
    return { kind: 'misconfigured', why: 'this 200 is not an answer of the ingest API: is server.url right?' }
  const { duplicate, refused = 0, errors = [] } = answer
  if (refused === 0) return { kind: 'accepted', duplicate }
  const [first] = errors
  return {
    kind: 'accepted',
    duplicate,
    refused: { count: refused, first: first === undefined ? '' : `line ${first.line}: ${first.detail}` },
  }
}

/** The answers of both operations, as openapi/ingest.json has them; null where the text is no such thing. */
function answerIn(body: string): Partial<MeasurementsAnswer> | null {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

/** Retry-After (RFC 9110, 10.2.3) in seconds. The form with a date is not one that the ingest API sends. */
function retryAfterOf(header: string | null): number | undefined {
  return header !== null && /^\d{1,5}$/.test(header) ? Number(header) * 1000 : undefined
}

async function boundedText({ body }: Response): Promise<string> {
  const reader = body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (let part = await reader?.read(); part?.done === false && text.length < answerBytesMax; part = await reader?.read()) {
    text += decoder.decode(part.value, { stream: true })
  }
  await reader?.cancel()
  return text.slice(0, answerBytesMax)
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause instanceof Error ? `: ${error.cause.message || ('code' in error.cause ? error.cause.code : '')}` : ''
  return `${error.message}${cause}`
}
