import type { Context } from '../context.ts'
import { type DueWork, dueWork } from '../store/due-work.ts'
import { type NotedJob, notedJob } from './noted-job.ts'

const lookEveryMs = 250
/** Where the database does not answer, it is asked again after so long. */
const afterFailureMs = 1_000
/** What a shutdown grants to what is under way. */
const stopWithinMs = 3_000

/** Work that is done when it is due, however that came about: in whichever process a transaction commits, nobody can tell when that is. */
export interface DueJob {
  name: string
  due: keyof DueWork
  /** After a run that leaves nothing to do, the next begins so much later; with the next look where it is left out. */
  everyMs?: number
  /** Does some of it. Whether there is more. */
  work(at: AtWork): Promise<boolean>
  /** What it has begun and not waited for. */
  underWay?(): Iterable<Promise<unknown>>
}

export interface AtWork {
  /** Fires when the process must end, with what is under way. */
  signal: AbortSignal
  /** Whether the process is about to end: nothing is begun any more. */
  isStopping(): boolean
  /** There may be more now: it is looked at once. */
  again(): void
}

/**
 * Looks again and again, in one statement for all jobs, for what is due, and has it done, each job's beside the others'. A server that nobody
 * asks does little else: a statement for each of them cost it four times as much. What goes wrong is logged and tried again. Returns what stops
 * it, which waits for what is under way.
 */
export function startDueWork(context: Context, jobs: readonly DueJob[]): () => Promise<void> {
  const { db, clock, log } = context
  const stopping = new AbortController()
  let stopped = false
  let woken = Promise.withResolvers<void>()
  const at: AtWork = { signal: stopping.signal, isStopping: () => stopped, again: () => woken.resolve() }
  const runners = jobs.map((job) => new Runner(context, job, at))
  const run = async () => {
    while (!stopped) {
      woken = Promise.withResolvers()
      const beganAt = clock.now()
      let waitMs = lookEveryMs
      try {
        const due = await dueWork(db.system)
        if (!stopped) await Promise.all(runners.map((runner) => runner.looked(due, beganAt)))
      } catch (error) {
        log.error({ err: error }, 'what is due was not looked for')
        waitMs = afterFailureMs
      }
      const timer = setTimeout(at.again, waitMs)
      timer.unref()
      await woken.promise
      clearTimeout(timer)
    }
  }
  const underWay = run()
  return async () => {
    stopped = true
    at.again()
    const late = setTimeout(() => stopping.abort(), stopWithinMs)
    await underWay
    await Promise.all(runners.map((runner) => runner.finished()))
    clearTimeout(late)
  }
}

/** One job: it runs once at a time. */
class Runner {
  readonly #job: DueJob
  readonly #at: AtWork
  readonly #noted: NotedJob
  #running: Promise<void> | undefined
  /** More was found while it ran, which that run may have been too early for. */
  #found = false
  #restsUntilMs = 0

  constructor(context: Context, job: DueJob, at: AtWork) {
    this.#job = job
    this.#at = at
    this.#noted = notedJob(context, job.name, job.everyMs ?? lookEveryMs)
  }

  /** Begins its work where it is due. Waits for no more than that it is written down that there was none. */
  async looked(due: DueWork, beganAt: Date): Promise<void> {
    const isDue = due[this.#job.due]
    if (this.#running !== undefined) this.#found ||= isDue
    else if (performance.now() < this.#restsUntilMs) return
    else if (isDue) this.#running = this.#run(beganAt)
    else await this.#noted.idle(beganAt)
  }

  async #run(beganAt: Date): Promise<void> {
    this.#found = false
    const more = await this.#noted.run(beganAt, () => this.#job.work(this.#at))
    this.#restsUntilMs = more ? 0 : performance.now() + (this.#job.everyMs ?? 0)
    this.#running = undefined
    if (more || this.#found) this.#at.again()
  }

  async finished(): Promise<void> {
    await this.#running
    await Promise.all(this.#job.underWay?.() ?? [])
  }
}
