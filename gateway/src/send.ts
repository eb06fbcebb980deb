import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

/** How long the server may take to answer. It stores a batch of thousands of devices in about a second. */
const answerMsMax = 60_000
const answerBytesMax = 64 * 1024
const gzipFromBytes = 1024

/** What became of a batch that was sent, as far as it matters to the queue. */
export type Outcome =
  | { kind: 'accepted'; duplicate: boolean }
  /** Never to be sent again: its content is what the server refuses. */
  | { kind: 'refused'; why: string }
  /** Token or address are wrong: a person has to act, and the batch is kept. */
  | { kind: 'misconfigured'; why: string }
  | { kind: 'failed'; why: string; retryAfterMs?: number }

const contentStatuses = [400, 409, 413, 415, 422]

/** Sends one batch, as the JSON text that it was queued as. Never throws. */
export async function sendBatch(url: URL, token: string, text: string, signal: AbortSignal): Promise<Outcome> {
  const compress = text.length >= gzipFromBytes
  try {
    const response = await fetch(new URL('ingest/v1/batches', url), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'user-agent': 'assent-gateway/0.1.0',
        ...(compress && { 'content-encoding': 'gzip' }),
      },
      body: compress ? await promisify(gzip)(text) : text,
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
  if (status === 200) return { kind: 'accepted', duplicate: body.includes('"duplicate":true') }
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
