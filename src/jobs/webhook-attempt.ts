import type { Context } from '../context.ts'
import { bodyNow, type DueDelivery } from '../store/webhook-deliveries.ts'
import type { Settlement } from '../store/webhook-settling.ts'
import { retryAfterOf, retryDelayMs } from './webhook-retries.ts'
import type { OpenedSender } from './webhook-sender.ts'

const attemptWithinMs = 15_000
/** Sending starts so soon after coverage was asked, or it is asked again (I2). */
const askedWithinMs = 900
/** Where that could not be asked, or the webhook is not what it was, it is tried again after so long. */
const unaskedAgainMs = 1_000
/** By which a receiver ends its webhook (Standard Webhooks 1.0.0). */
export const gone = 410
const answerMax = 1024
const errorLengthMax = 300

/** A delivery, and what its request is made of. */
export interface Sending {
  webhookId: string
  sender: OpenedSender
  delivery: DueDelivery
  /** By performance.now(): before coverage was asked. */
  askedAt: number
  signal: AbortSignal
}

/** Sends a delivery, where it is covered, once. What became of it; never rejects for what the receiver does. */
export async function attempt(context: Context, sending: Sending): Promise<Settlement> {
  const { webhookId, sender, delivery, askedAt, signal } = sending
  const { url, secretIds } = sender
  const { id, lane, organizationId, body } = delivery
  const common = { id, lane, organizationId, url }
  const withheld: Settlement = { ...common, state: 'withheld', againInMs: null, attempt: null }
  if (body === null) return withheld
  const at = context.clock.now()
  const number = delivery.attempts + 1
  const begunAt = performance.now()
  // Undefined while it is asked: what ends meanwhile is our failure, and not the receiver's.
  let now: string | null | undefined = body
  const answer = await context.outside({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...sender.headersOf(id, at, body) },
    body,
    withinMs: attemptWithinMs,
    answerMax,
    keep: true,
    signal,
    // Connecting may have taken its time.
    ready: async () => {
      // Asking may have taken its time, too.
      for (let saidAt = askedAt; performance.now() - saidAt >= askedWithinMs; ) {
        now = undefined
        saidAt = performance.now()
        if (signal.aborted || saidAt - begunAt >= attemptWithinMs) return false
        now = await bodyNow(context.db.system, { webhookId, url, secretIds }, id).catch((error: unknown) => {
          context.log.error({ err: error, job: 'webhooks' }, 'coverage was not asked again')
          return undefined
        })
        if (now !== body) return false
      }
      return true
    },
  })
  if (now === null) return withheld
  const untried = (againInMs: number): Settlement => ({ ...common, state: 'waiting', againInMs, attempt: null })
  // This process ends: whoever takes the webhook next begins where it was.
  if (signal.aborted && answer.state !== 'answered') return untried(0)
  if (now === undefined) return untried(unaskedAgainMs)
  // Less of it is covered by now: it is sent anew, as that.
  if (now !== body) return untried(0)
  const made = {
    at: at.toISOString(),
    number,
    address: answer.address ?? null,
    tookMs: answer.tookMs,
    ...(answer.state === 'answered'
      ? { status: answer.status, error: null, answer: textOf(answer.body) }
      : { status: null, error: answer.error.slice(0, errorLengthMax), answer: null }),
  }
  if (answer.state === 'answered' && answer.status >= 200 && answer.status < 300) {
    return { ...common, state: 'delivered', againInMs: null, attempt: made }
  }
  const askedMs = answer.state === 'answered' ? retryAfterOf(answer.headers['retry-after'], context.clock.now()) : 0
  // A receiver that is gone has refused it for good: it is sent again where somebody asks for that.
  const againInMs = made.status === gone ? null : retryDelayMs(number, askedMs, context.clock)
  return { ...common, state: againInMs === null ? 'failed' : 'waiting', againInMs, attempt: made }
}

/** Answers are bytes of a stranger: what PostgreSQL's text does not hold is left out. */
function textOf(body: Buffer): string {
  return body.toString('utf8').replaceAll('\0', '')
}
