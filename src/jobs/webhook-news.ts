import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { type ClaimedWebhook, withNews } from '../store/webhook-deliveries.ts'

const lookEveryMs = 500

/** Looks, in one statement for all webhooks of which nothing but slow attempts are under way, whether something else of theirs has become due. */
export class WebhookNews {
  readonly #context: Context
  readonly #waiting = new Map<ClaimedWebhook, () => void>()
  #looking = false

  constructor(context: Context) {
    this.#context = context
  }

  /** Waits until one of a webhook's attempts is over, or something else of what was claimed is due. */
  async besides(claimed: ClaimedWebhook, attempts: Iterable<Promise<void>>): Promise<void> {
    const due = Promise.withResolvers<void>()
    this.#waiting.set(claimed, due.resolve)
    if (!this.#looking) void this.#look()
    await Promise.race([...attempts, due.promise]).finally(() => this.#waiting.delete(claimed))
  }

  async #look(): Promise<void> {
    this.#looking = true
    const { db, log } = this.#context
    for (await sleep(lookEveryMs); this.#waiting.size > 0; await sleep(lookEveryMs)) {
      const claimed = [...this.#waiting.keys()]
      const found = await withNews(db.system, claimed).catch((error: unknown) => {
        log.error({ err: error, job: 'webhooks' }, 'what is due beside slow attempts was not looked for')
        return []
      })
      for (const one of found) this.#waiting.get(one)?.()
    }
    this.#looking = false
  }
}
