/** An alarm, or a new label of a device, that was sent in, in one batch of its own. Times by performance.now(). */
export interface Sent {
  customer: number
  device: number
  /** Its place among those of its device. */
  step: number
  kind: 'alarm' | 'device'
  label: string
  begunAt: number
  acknowledgedAt: number
}

/** A request that the receiver got. */
export interface Arrival {
  at: number
  id: string
  label: string
  taken: boolean
}

/** A time in which a customer's consent was withdrawn: from the answer to the withdrawal, until it began to be given again; and when that was answered. */
export interface Withdrawn {
  customer: number
  from: number
  to: number
  again: number
}

export interface WebhookHistory {
  sent: Sent[]
  arrivals: Arrival[]
  withdrawn: Withdrawn[]
  /** How many deliveries were sent again on request. */
  resent: number
}

/** Sending starts within a second of the answer that allows it: what arrives later than that after a withdrawal was not asked for. */
const askedWithinMs = 1000
/** What a loaded machine may add between sending and reading. */
const slackMs = 500
/** Times of batches are whole milliseconds. */
const roundingMs = 20

/**
 * What must arrive whatever happens: what was sent in since its customer's consent was given for the last time. But for a device's label that another
 * one follows: a device is told as it is.
 */
export function owed({ sent, withdrawn }: Pick<WebhookHistory, 'sent' | 'withdrawn'>): Sent[] {
  const standsFrom = new Map<number, number>()
  for (const { customer, again } of withdrawn) standsFrom.set(customer, Math.max(again, standsFrom.get(customer) ?? 0))
  const isFollowed = ({ customer, device, step }: Sent) =>
    sent.some((one) => one.kind === 'device' && one.customer === customer && one.device === device && one.step > step)
  return sent.filter(
    (one) => one.begunAt > (standsFrom.get(one.customer) ?? 0) + roundingMs && (one.kind === 'alarm' || !isFollowed(one)),
  )
}

/** What must not be, in words. Empty: nothing. */
export function examineWebhooks({ sent, arrivals, withdrawn }: WebhookHistory): string[] {
  const faults: string[] = []
  const byLabel = new Map(sent.map((one) => [one.label, one]))
  const taken = new Map<string, Arrival>()
  for (const arrival of arrivals) {
    const one = byLabel.get(arrival.label)
    // What was cut off by a kill may have been stored without an answer.
    if (one === undefined) continue
    for (const { customer, from, to } of withdrawn.filter((away) => away.customer === one.customer)) {
      if (arrival.at > from + askedWithinMs + slackMs && arrival.at < to)
        faults.push(`${arrival.label} arrived ${Math.round(arrival.at - from)} ms after the withdrawal of customer ${customer}`)
      if (one.begunAt > from && one.acknowledgedAt < to)
        faults.push(`${arrival.label} was accepted within a withdrawal, and arrived`)
      if (one.acknowledgedAt < from && arrival.at > to + askedWithinMs + slackMs)
        faults.push(`${arrival.label} waited through a withdrawal, and arrived after it`)
    }
    if (arrival.taken && !taken.has(arrival.label)) taken.set(arrival.label, arrival)
  }
  for (const { label } of owed({ sent, withdrawn })) {
    if (!taken.has(label)) faults.push(`${label} was lost`)
  }
  for (const [label, told] of Map.groupBy(arrivals, (arrival) => arrival.label)) {
    const ids = new Set(told.map(({ id }) => id))
    if (byLabel.has(label) && ids.size > 1) faults.push(`${label} was told under ${ids.size} ids`)
  }
  const last = new Map<string, Sent>()
  for (const { label } of taken.values()) {
    const one = byLabel.get(label) as Sent
    const lane = `${one.customer}/${one.device}`
    const before = last.get(lane)
    if (before !== undefined && before.step > one.step) faults.push(`${label} was taken after ${before.label}`)
    last.set(lane, one)
  }
  return faults
}
