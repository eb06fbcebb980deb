import { readFileSync } from 'node:fs'

export type KeyName = 'all' | 'specific' | 'demo' | 'own'
export type FamilyName = 'inventory' | 'alarms' | 'sensors'

/** Something to be done to the server from outside: a command that ends with 0, or a request that is answered with 2xx. */
export type Step =
  | { command: string[] }
  | { request: { method: string; url: string; headers?: Record<string, string>; body?: unknown } }

/** A way in which an organization stops being covered by a key. */
export interface Withdrawal {
  name: string
  key: KeyName
  organization: string
  /** What ends it. When the last step is done, the withdrawal is answered. */
  end: Step[]
  /** What brings it back; without it the suite does not ask for that. */
  restore?: Step[]
  /** The kinds of data that are withdrawn, all of them if absent. */
  families?: FamilyName[]
  /** Measurements from before are replayed when it is back: a withdrawal of something else than their right. */
  keepsOffsets?: boolean
}

/** What the suite knows of the server that it examines: `world.json`, and what a harness may add to it (README.md). */
export interface World {
  url: string
  organizations: { id: string; label: string; state: string }[]
  keys: Record<KeyName, string>
  /** Keys that were good once, by the reason for which they no longer are, such as `deleted`, `disabled`, `expired`. */
  refusedKeys?: Record<string, string>
  /** Organizations, covered by the key `all`, in which measurements come in every second or so. */
  measured?: string[]
  /** A partner's key with which nothing else asks: its streams are counted. */
  spareKey?: string
  management?: { withdrawals?: Withdrawal[]; keyEnds?: { name: string; key: string; end: Step[] }[] }
}

/** Reads the file that ASSENT_CONFORMANCE names. Throws where it is missing or lacks what the suite needs. */
function readWorld(): World {
  const path = process.env.ASSENT_CONFORMANCE
  if (!path)
    throw new Error('Set ASSENT_CONFORMANCE to a JSON file with url, organizations and keys: test/conformance/README.md.')
  const found = JSON.parse(readFileSync(path, 'utf8')) as Partial<World>
  const lacks = (['url', 'organizations', 'keys'] as const).filter((name) => found[name] === undefined)
  const keys = (['all', 'specific', 'demo', 'own'] as const).filter((name) => typeof found.keys?.[name] !== 'string')
  if (lacks.length + keys.length > 0)
    throw new Error(`${path} lacks ${[...lacks, ...keys.map((name) => `keys.${name}`)].join(', ')}.`)
  return found as World
}

export const world = readWorld()

/** The organizations that no withdrawal of this run is about, so that they stay covered, or not, while other tests look. */
export const organizationsAtRest = world.organizations.filter(
  ({ id }) => !world.management?.withdrawals?.some(({ organization }) => organization === id),
)
