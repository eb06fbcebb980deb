/** A measurement as the stream brings it: `at` in ms since 1970. */
export interface LiveValue {
  at: number
  value: number | string
}

/** How it stands: `closed` where it was refused, or the page is hidden. */
export type LiveState = 'opening' | 'live' | 'again' | 'closed'

/** Values of one sensor that are kept: the oldest go. */
const valuesMax = 1000
/** What comes in between is shown together. */
const showEveryMs = 500
const backOffMs = { first: 1_000, most: 30_000 }
/** A stream that lasted so long had nothing wrong with it: the server ends each after some minutes. */
const soundAfterMs = 10_000

/**
 * The live stream of an organization, for as long as somebody listens and the page is in sight: one for a page, whatever it shows. It connects
 * again by itself, ever more slowly while it fails; who is refused is not asked for again.
 */
export class LiveMeasurements {
  readonly #url: string
  readonly #sensors: ReadonlySet<string>
  readonly #onGap: (first: boolean) => void
  readonly #listeners = new Set<() => void>()
  #values = new Map<string, readonly LiveValue[]>()
  #state: LiveState = 'opening'
  #reading: AbortController | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #showing: ReturnType<typeof setTimeout> | undefined
  #failures = 0
  #isFirst = true

  /**
   * `onGap` is told when it has connected, or is refused: what was measured before is not in it, and is to be asked for. `first`: at the first
   * attempt, so that this is only what came since the page was asked for.
   */
  constructor(organizationId: string, sensors: readonly string[], onGap: (first: boolean) => void) {
    this.#url = `/api/v1/organizations/${encodeURIComponent(organizationId)}/measurements/live`
    this.#sensors = new Set(sensors)
    this.#onGap = onGap
  }

  /** The values that came, by sensor: another object after each change. */
  values = () => this.#values
  state = () => this.#state

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    if (this.#listeners.size === 1) {
      document.addEventListener('visibilitychange', this.#followPage)
      this.#followPage()
    }
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) {
        document.removeEventListener('visibilitychange', this.#followPage)
        this.#close()
      }
    }
  }

  #followPage = () => {
    if (document.visibilityState === 'hidden') this.#close()
    else if (this.#reading === undefined) void this.#read()
  }

  #close(): void {
    this.#reading?.abort()
    this.#reading = undefined
    clearTimeout(this.#timer)
    clearTimeout(this.#showing)
    this.#showing = undefined
    this.#tell('closed')
  }

  async #read(): Promise<void> {
    const reading = new AbortController()
    this.#reading = reading
    const isFirst = this.#isFirst
    this.#isFirst = false
    this.#tell(isFirst ? 'opening' : 'again')
    const begunAt = performance.now()
    let waitMs: number | null = null
    try {
      const response = await fetch(this.#url, { signal: reading.signal, cache: 'no-store' })
      if (response.ok && response.body) {
        this.#onGap(isFirst)
        this.#tell('live')
        await this.#take(response.body)
        if (performance.now() - begunAt > soundAfterMs) this.#failures = 0
      } else if (response.status === 429 || response.status >= 500) {
        waitMs = Number(response.headers.get('retry-after') ?? 0) * 1000
      } else {
        this.#tell('closed')
        this.#onGap(false)
        return
      }
    } catch {
      // The connection broke, or there is none: tried again below.
    }
    if (reading.signal.aborted) return
    this.#tell('again')
    const backOff = Math.min(backOffMs.most, backOffMs.first * 2 ** this.#failures)
    this.#failures += 1
    this.#timer = setTimeout(() => void this.#read(), Math.max(waitMs ?? 0, backOff * (0.5 + Math.random() / 2)))
  }

  async #take(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader()
    let rest = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const lines = (rest + value).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) this.#add(line)
    }
  }

  /** A line of the organization's: most are of sensors that the page does not show, so that they are not read further. */
  #add(line: string): void {
    const idAt = '{"sensorId":"'.length
    const id = line.slice(idAt, line.indexOf('"', idAt))
    if (!this.#sensors.has(id)) return
    const { timestamp, numericValue, stringValue } = JSON.parse(line) as {
      timestamp: string
      numericValue?: number
      stringValue?: string
    }
    const value = numericValue ?? stringValue
    if (value === undefined) return
    const known = this.#values.get(id) ?? []
    this.#values = new Map(this.#values).set(id, [...known, { at: Date.parse(timestamp), value }].slice(-valuesMax))
    this.#showing ??= setTimeout(() => {
      this.#showing = undefined
      this.#show()
    }, showEveryMs)
  }

  #tell(state: LiveState): void {
    if (this.#state === state) return
    this.#state = state
    this.#show()
  }

  #show(): void {
    for (const listener of this.#listeners) listener()
  }
}
