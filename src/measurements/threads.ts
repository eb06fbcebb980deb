import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { type Asked, type Question, tasks } from './tasks.ts'

/** Threads for reports and blocks; the roll-ups have one of their own, behind all others. */
const threadsMax = Math.max(1, Math.min(4, availableParallelism() - 1))

/** Less work than this takes no longer than to hand it over: it is done at once, where it is asked for. Bytes as they are given. */
const asideBytesMin = 16 * 1024

interface Pending {
  resolve(answer: never): void
  reject(error: Error): void
}

/**
 * Work on many bytes, off the one thread that serves everybody else: reading reports, compressing blocks, summing them up. Threads are started when
 * they are first needed, and keep no process alive. How much waits for them is bounded by whoever asks: by requests at once, and by transactions.
 */
export class Threads {
  readonly #usual: Thread[]
  readonly #rollUps = new Thread({ isLast: true })

  constructor(count = threadsMax) {
    this.#usual = Array.from({ length: count }, () => new Thread({ isLast: false }))
  }

  /** Does a task of so many bytes. What is in `transfer` is gone for whoever asks. Throws what the task throws, by its message. */
  async do<Name extends keyof Question>(
    task: Name,
    bytes: number,
    question: Question[Name]['asks'],
    transfer: ArrayBuffer[] = [],
  ): Promise<Question[Name]['gets']> {
    if (bytes < asideBytesMin) return tasks[task](question as never).answer as Question[Name]['gets']
    return this.#threadFor(task).ask({ task, question }, transfer)
  }

  async close(): Promise<void> {
    await Promise.all([...this.#usual, this.#rollUps].map((thread) => thread.close()))
  }

  #threadFor(task: keyof Question): Thread {
    if (task === 'sumUp' || task === 'storedForm') return this.#rollUps
    return this.#usual.reduce((least, thread) => (thread.waiting < least.waiting ? thread : least))
  }
}

class Thread {
  readonly #isLast: boolean
  #worker: Worker | undefined
  #pending = new Map<number, Pending>()
  #count = 0

  /** `isLast`: it has the processor where nobody else wants it. */
  constructor({ isLast }: { isLast: boolean }) {
    this.#isLast = isLast
  }

  get waiting(): number {
    return this.#pending.size
  }

  ask<Answer>(asked: Omit<Asked, 'n'>, transfer: ArrayBuffer[]): Promise<Answer> {
    const worker = this.#started()
    const n = ++this.#count
    return new Promise((resolve, reject) => {
      this.#pending.set(n, { resolve, reject })
      worker.ref()
      worker.postMessage({ ...asked, n }, transfer)
    })
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker
    const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: { isLast: this.#isLast } })
    worker.on('message', ({ n, answer, error }: { n: number; answer: never; error?: Error }) => {
      const pending = this.#pending.get(n)
      this.#pending.delete(n)
      if (this.#pending.size === 0) worker.unref()
      if (error === undefined) pending?.resolve(answer)
      else pending?.reject(error)
    })
    // What ends a thread, be it want of memory, ends its tasks: the next one has a new thread.
    worker.on('error', (error) => this.#ended(worker, error as Error))
    worker.on('exit', () => this.#ended(worker, new Error('A thread ended.')))
    this.#worker = worker
    return worker
  }

  #ended(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return
    this.#worker = undefined
    const pending = this.#pending
    this.#pending = new Map()
    for (const one of pending.values()) one.reject(error)
  }
}
