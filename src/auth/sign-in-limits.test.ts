import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mailsTo } from '../../test/support/mails.ts'
import { type Answer, type Managed, startManaged, testPassword } from '../../test/support/management.ts'
import { mailLimits, signInLimits } from './sign-in-limits.ts'

/** Of the limits: so few attempts come to them. */
const factor = 0.1
const times = (points: number) => Math.ceil(points * factor)

let managed: Managed
beforeAll(async () => {
  managed = await startManaged({ flags: ['--trusted-proxies', '127.0.0.1,::1', '--rate-limit-factor', String(factor)] })
})
afterAll(() => managed.close())

let people = 0
const freshEmail = () => {
  people += 1
  return `nobody${people}@example.com`
}
let networks = 0
/** Where nothing was asked before: a /24 of IPv4 and a /48 of IPv6, as their addresses begin. */
const freshNetworks = () => {
  networks += 1
  return { of4: `10.9.${networks}`, of6: `2001:db8:${networks}` }
}
const farAddress = () => `${freshNetworks().of4}.1`
const memberEmail = async () => (await managed.staffed('customer', 'North Bakery')).email

/** Asks as a proxy would for somebody at this address. */
const ask = (path: string, from: string, body: object): Promise<Answer> =>
  managed.ask('POST', path, body, { 'x-forwarded-for': from })

/** What a refusal tells whoever is refused, once it was seen to say how long to wait. */
function told({ status, body, headers }: Answer, { windowSeconds }: { windowSeconds: number }) {
  expect(status).toBe(429)
  const seconds = Number(headers.get('retry-after'))
  expect([Number.isInteger(seconds), seconds > 0, seconds <= windowSeconds]).toEqual([true, true, true])
  return { body: { ...body, requestId: '' }, headers: [...headers.keys()].sort() }
}

const kinds = [
  {
    what: 'a sign-in',
    path: '/session',
    limits: signInLimits,
    answered: 401,
    body: (email: string) => ({ email, password: 'not the right one' }),
  },
  {
    what: 'a registration',
    path: '/accounts',
    limits: mailLimits,
    answered: 204,
    body: (email: string) => ({ name: 'Noor', email, password: testPassword }),
  },
  { what: 'a password reset', path: '/password-resets', limits: mailLimits, answered: 204, body: (email: string) => ({ email }) },
]

describe.each(kinds)('$what', ({ path, limits, answered, body }) => {
  const attempt = (from: string, email = freshEmail()) => ask(path, from, body(email))
  const passes = async (from: string) => expect([from, (await attempt(from)).status]).toEqual([from, answered])

  /** Somebody with an account and somebody without are refused from there, in one and the same way; nobody is mailed. */
  async function refusesAll(from: string): Promise<void> {
    const member = await memberEmail()
    const refused = await attempt(from, member)
    expect(told(refused, limits)).toEqual(told(await attempt(from), limits))
    expect(await mailsTo(managed.server, member)).toEqual([])
  }

  test('is refused for an email address that was tried too often from anywhere, alike with an account and without', async () => {
    const refused: Answer[] = []
    for (const email of [await memberEmail(), freshEmail()]) {
      for (let nth = 0; nth < times(limits.perEmail); nth += 1) {
        expect((await attempt(farAddress(), email)).status).toBe(answered)
      }
      const mailed = (await mailsTo(managed.server, email)).length
      const elsewhere = farAddress()
      refused.push(await attempt(elsewhere, email))
      expect(await mailsTo(managed.server, email)).toHaveLength(mailed)
      await passes(elsewhere)
    }
    const [known, unknown] = refused.map((one) => told(one, limits))
    expect(known).toEqual(unknown)
  })

  test('is refused from an address, or a /64 of IPv6, that tried too often, whatever it says of itself; a neighbour passes', async () => {
    const { of4, of6 } = freshNetworks()
    for (const { tried, same, neighbour } of [
      { tried: `${of4}.1`, same: `${of4}.1`, neighbour: `${of4}.2` },
      { tried: `${of6}:1::1`, same: `${of6}:1::2`, neighbour: `${of6}:2::1` },
    ]) {
      const answers = await Promise.all(Array.from({ length: times(limits.perAddress) }, () => attempt(tried)))
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([answered]))
      await refusesAll(same)
      expect((await attempt(`${farAddress()}, ${same}`)).status).toBe(429)
      await passes(neighbour)
    }
  })

  test('is refused from every address of a network that tried too often, also from one that never did; a stranger passes', async () => {
    const { of4 } = freshNetworks()
    const answers = await Promise.all(
      Array.from({ length: times(limits.perNetwork) }, (_, nth) =>
        attempt(`${of4}.${1 + Math.floor(nth / times(limits.perAddress))}`),
      ),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([answered]))
    await refusesAll(`${of4}.200`)
    await passes(farAddress())
  })
})

test('whoever knows the password signs in as often as wanted, but not from where others guessed too often', async () => {
  const email = await memberEmail()
  const near = farAddress()
  const signIn = (from: string) => ask('/session', from, { email, password: testPassword })
  for (let nth = 0; nth <= times(signInLimits.perAddress); nth += 1) expect((await signIn(near)).status).toBe(200)

  const guesses = Array.from({ length: times(signInLimits.perAddress) }, () =>
    ask('/session', near, { email: freshEmail(), password: testPassword }),
  )
  expect((await Promise.all(guesses)).map(({ status }) => status)).toEqual(guesses.map(() => 401))
  const refused = await signIn(near)
  expect([refused.status, refused.headers.getSetCookie()]).toEqual([429, []])
  expect((await signIn(farAddress())).status).toBe(200)
})
