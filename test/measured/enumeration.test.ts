import { afterAll, beforeAll, expect, test } from 'vitest'
import { gridMs } from '../../src/auth/grid.ts'
import { randomFrom, seedOfRun, soak } from '../support/door.ts'
import { type Managed, startManaged } from '../support/management.ts'
import { mannWhitney } from '../support/mann-whitney.ts'

/** Each pair is an attempt with an address that has an account, and one with an address that has none, in either order. */
const pairs = soak ? 1000 : 50
const pLeast = 0.01

let managed: Managed
let known: string
beforeAll(async () => {
  managed = await startManaged({ flags: ['--rate-limit-factor', '1000000'] })
  known = (await managed.staffed('customer', 'North Bakery')).email
})
afterAll(() => managed.close())

const password = 'a guess that is long enough'

interface Attempt {
  ms: number
  answer: string
}

/** Each unknown address is used once: registering makes it known to whoever comes after. */
let nobodies = 0

/**
 * Interleaved, so that whatever else the machine does meets both kinds alike: the other tests too, at whose side each runs, since most of it waits.
 * `lanes`: so many pairs are asked side by side.
 */
async function attempts(
  ask: (email: string) => Promise<{ status: number; body: object | undefined; headers: Headers }>,
  lanes = 1,
) {
  const random = randomFrom(seedOfRun())
  const found = { known: [] as Attempt[], unknown: [] as Attempt[] }
  let begun = 0
  const onePairAfterAnother = async () => {
    while (begun < pairs) {
      begun += 1
      await onePair()
    }
  }
  const onePair = async () => {
    const order = random.next() < 0.5 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)
    for (const kind of order) {
      nobodies += 1
      const email = kind === 'known' ? known : `nobody${nobodies}@example.com`
      const start = performance.now()
      const { status, body, headers } = await ask(email)
      const kept = [...headers.keys()].sort()
      found[kind].push({ ms: performance.now() - start, answer: JSON.stringify([status, { ...body, requestId: '' }, kept]) })
    }
  }
  await Promise.all(Array.from({ length: lanes }, onePairAfterAnother))
  return found
}

const times = (found: Attempt[]) => found.map(({ ms }) => ms)

/** How often chance alone makes such a difference. */
function pOf({ known, unknown }: Awaited<ReturnType<typeof attempts>>): number {
  const p = mannWhitney(times(known), times(unknown))
  console.log(`${pairs} pairs: p = ${p.toFixed(3)}`)
  return p
}

test.concurrent.each([
  ['signing in', (email: string) => managed.ask('POST', '/session', { email, password })],
  ['asking for a reset', (email: string) => managed.ask('POST', '/password-resets', { email })],
  ['registering', (email: string) => managed.ask('POST', '/accounts', { name: 'Somebody', email, password })],
])(
  'nobody learns by %s whether an address has an account: neither from the answer nor from how long it takes',
  async (_, ask) => {
    const found = await attempts(ask)
    expect(new Set([...found.known, ...found.unknown].map(({ answer }) => answer)).size).toBe(1)
    // Where there is no difference, one run in a hundred finds one all the same. One that is there, another run finds again.
    if (pOf(found) <= pLeast) expect(pOf(await attempts(ask))).toBeGreaterThan(pLeast)
    // Not before the first step of the grid, but for what clocks round.
    expect(Math.min(...times(found.known), ...times(found.unknown))).toBeGreaterThan(gridMs - 5)
  },
)

test.concurrent('a difference that is planted is found', async () => {
  const found = await attempts(async (email) => {
    const answer = await managed.ask('POST', '/password-resets', { email })
    // A step of the grid more for each address that has an account: what a leak would look like.
    if (email === known) await managed.ask('POST', '/password-resets', { email: 'nobody@example.com' })
    return answer
    // No password is hashed here: more lanes leave the machine as idle as one does, and this takes no longer than the others.
  }, 2)
  expect(pOf(found)).toBeLessThan(pLeast)
  const same = Array.from({ length: 60 }, (_, index) => index % 7)
  expect(mannWhitney(same, same)).toBeGreaterThan(0.9)
  expect(
    mannWhitney(
      same,
      same.map((value) => value + 4),
    ),
  ).toBeLessThan(1e-6)
})
