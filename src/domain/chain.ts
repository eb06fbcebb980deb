import { createHash, createPublicKey, verify } from 'node:crypto'
import type { Act } from './act.ts'

/** A head of the record: which act was the newest, and its digest. */
export interface Head {
  seq: number
  digest: string
  at: string
  signature: string
}

/** What is wrong, in words, and at which act. */
export interface Fault {
  seq: number
  what: string
}

/** The digest before the first act (0005-record.sql). */
const chainStart = sha256('assent')
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/**
 * Recomputes the record of acts as they come, in order: digest = sha256(previous || record), personal = sha256(salt || data).
 * `whole`: all acts are there to be seen; else those in between may be of other companies.
 */
export class ChainCheck {
  readonly faults: Fault[] = []
  count = 0
  /** Acts whose record was not shown whole: their digests could not be recomputed. */
  readonly withheld: number[] = []
  last: { seq: number; digest: string } = { seq: 0, digest: chainStart }
  readonly #whole: boolean
  readonly #heads = new Map<number, { head: Head; name: string }[]>()
  #highest = 0

  constructor(whole: boolean) {
    this.#whole = whole
  }

  /** A head that must be found in the record when its act comes; `name` says which one it is. */
  expect(head: Head, name: string): void {
    this.#heads.set(head.seq, [...(this.#heads.get(head.seq) ?? []), { head, name }])
    this.#highest = Math.max(this.#highest, head.seq)
    if (head.seq === 0 && head.digest !== chainStart) this.#fault(0, `${name} does not name what the record begins with`)
  }

  add(act: Act): void {
    const next = this.last.seq + 1
    if (act.seq > next && this.#whole) this.#fault(next, act.seq === next + 1 ? 'is missing' : `to ${act.seq - 1} are missing`)
    if (act.seq === next && act.previous !== this.last.digest) this.#fault(act.seq, 'does not follow from the act before it')
    const said = parsed(act.record)
    if (act.withheld) {
      this.withheld.push(act.seq)
      if (!mayBeWithheld(act, said)) this.#fault(act.seq, 'is not shown whole, though nothing of such an act may be withheld')
    } else if (act.digest !== sha256(Buffer.from(act.previous, 'hex'), act.record)) {
      this.#fault(act.seq, 'was changed: its record does not make its digest')
    }
    this.#checkRecord(act, said)
    for (const { head, name } of this.#heads.get(act.seq) ?? []) {
      if (head.digest !== act.digest) this.#fault(act.seq, `is not the act that ${name} names: the record was rebuilt up to here`)
    }
    this.count += 1
    this.last = { seq: act.seq, digest: act.digest }
  }

  /** To be called after the last act. */
  finish(): void {
    if (!this.#whole || this.#highest <= this.last.seq) return
    for (const [seq, [expected]] of this.#heads) {
      if (seq === this.#highest) this.#fault(this.last.seq + 1, `and later ones are missing: ${expected?.name} is of act ${seq}`)
    }
  }

  #checkRecord(act: Act, said: Record<string, unknown> | null): void {
    if (said === null) {
      this.#fault(act.seq, 'has a record that is not JSON')
      return
    }
    if (said.seq !== act.seq) this.#fault(act.seq, `stands in the place of another: its record says ${String(said.seq)}`)
    if (said.verb !== act.verb || String(said.at).slice(0, 23) !== act.at.slice(0, 23)) {
      this.#fault(act.seq, 'is shown with another verb or time than its record has')
    }
    if (act.personal && sha256(act.personal.salt + act.personal.data) !== said.personal) {
      this.#fault(act.seq, 'has personal data that were changed')
    }
  }

  #fault(seq: number, what: string): void {
    this.faults.push({ seq, what })
  }
}

/**
 * Whether an act is one of those of which a part is withheld (the view shown_act), and shows no more than such do: of a device or a location the names
 * of what changed, of a webhook's address the server. A server that showed a forged act of another kind in this way would otherwise be believed.
 */
function mayBeWithheld({ verb }: Act, said: Record<string, unknown> | null): boolean {
  const { subject, companies, details } = (said ?? {}) as {
    subject?: { kind?: unknown }
    companies?: unknown[]
    details?: Record<string, unknown>
  }
  const kind = subject?.kind
  if (typeof kind !== 'string' || !verb.startsWith(`${kind}.`) || companies?.length !== 1) return false
  if (kind === 'webhook') return /^[A-Za-z]+:[/\\]*[^/\\?#]*$/.test(String(details?.url))
  return (kind === 'device' || kind === 'location') && Object.keys(details ?? {}).every((name) => name === 'changed')
}

/** Whether a head was signed by the owner of this public key (hex). */
export function signedBy(head: Head, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.concat([spkiPrefix, Buffer.from(publicKey, 'hex')]), format: 'der', type: 'spki' })
    return verify(
      null,
      Buffer.from(`assent acts\n${head.seq}\n${head.digest}\n${head.at}`),
      key,
      Buffer.from(head.signature, 'hex'),
    )
  } catch {
    return false
  }
}

function sha256(...parts: (string | Buffer)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
