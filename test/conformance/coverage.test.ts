import { beforeAll, describe, expect, test } from 'vitest'
import type { Reply } from './client.ts'
import { organizationsOf } from './families.ts'
import { askRaw, ofChanges, ofOneOrganization } from './operations.ts'
import { problemOf, withoutIdentity } from './problems.ts'
import { type KeyName, organizationsAtRest, world } from './world.ts'

/** Ids, percent-encoded, that no organization has. */
const odd: Record<string, string> = {
  'a UUID of nobody': '00000000-0000-4000-8000-000000000000',
  'a null character': '%00',
  'a null character within': 'abc%00def',
  'an encoded slash': 'a%2Fb',
  'a path upward': '%2e%2e%2Finventory',
  'a blank': '%20',
  'a quote': '%27%20or%201%3D1--',
  'a backslash': '%5C',
  'a per cent sign': '%25s',
  'a line break': 'a%0D%0Ab',
  'an emoji': '%F0%9F%94%8C',
  'combining letters': 'e%CC%81',
  'a word that means nothing': 'null',
  'an asterisk': '*',
  'bytes that are no UTF-8': '%ff',
  'an overlong null character': '%C0%80',
  'a lone per cent sign': '%',
  'an escape that is none': '%zz',
  'a long text': 'x'.repeat(300),
  'a very long text': 'x'.repeat(10_000),
}

const operationIds = ofOneOrganization.map(({ operationId }) => operationId)

describe('what a key does not cover looks like what is not there (contract, section 2)', { timeout: 180_000 }, () => {
  /** Which key does not cover which organization, and why. */
  const uncovered: { why: string; key: KeyName; id: string }[] = []
  const nobody = new Map<string, Reply>()

  beforeAll(async () => {
    const covered = Object.fromEntries(
      await Promise.all((['all', 'specific', 'demo', 'own'] as const).map(async (key) => [key, await organizationsOf(key)])),
    ) as Record<KeyName, { id: string }[]>
    const everyId = [...new Set([...organizationsAtRest.map(({ id }) => id), ...covered.demo.map(({ id }) => id)])]
    for (const key of ['all', 'specific', 'demo', 'own'] as const) {
      for (const id of everyId) {
        const why = world.organizations.find((organization) => organization.id === id)?.state ?? 'the demo organization'
        if (!covered[key].some((organization) => organization.id === id)) uncovered.push({ why, key, id })
      }
    }
    for (const key of ['all', 'specific', 'demo', 'own'] as const) {
      for (const operationId of operationIds) {
        nobody.set(`${key} ${operationId}`, await askRaw(operationId, key, { organizationId: 'no-such-organization' }))
      }
    }
  })

  test('the world has customers without consent, without a subscription and without a connection', () => {
    const reasons = uncovered.filter(({ key }) => key === 'all').map(({ why }) => why)
    expect(reasons).toEqual(
      expect.arrayContaining(['no consent', 'no active subscription', 'not connected', 'the demo organization']),
    )
  })

  test.each(operationIds)(
    '%s: no consent, a lapsed subscription, no connection, not in the set: one 403',
    async (operationId) => {
      for (const { key, id } of uncovered) {
        const expected = nobody.get(`${key} ${operationId}`)
        const reply = await askRaw(operationId, key, { organizationId: encodeURIComponent(id) })
        expect(reply.status).toBe(403)
        expect(withoutIdentity(reply)).toEqual(expected && withoutIdentity(expected))
      }
    },
  )

  test.each(Object.entries(odd))('an id like %s is the same 403 in every operation', async (_, organizationId) => {
    for (const operationId of operationIds) {
      const expected = nobody.get(`all ${operationId}`)
      const reply = await askRaw(operationId, 'all', { organizationId })
      expect(reply.status).toBe(403)
      expect(withoutIdentity(reply)).toEqual(expected && withoutIdentity(expected))
    }
  })

  test('every operation and every key give the same body', () => {
    const bodies = [...nobody.values()].map((reply) => withoutIdentity(reply).body)
    expect(bodies.length).toBe(4 * operationIds.length)
    expect(new Set(bodies).size).toBe(1)
  })

  test('nothing in it names the organization', async () => {
    const [hidden] = uncovered
    const reply = await askRaw('listInventory', hidden?.key, { organizationId: hidden?.id ?? '' })
    const { label = '' } = world.organizations.find(({ id }) => id === hidden?.id) ?? {}
    expect(label).not.toBe('')
    expect(reply.text).not.toContain(hidden?.id)
    expect(reply.text).not.toContain(label)
    expect(problemOf(reply).status).toBe(403)
  })

  test.each(ofChanges.map(({ operationId }) => operationId))(
    '%s: a malformed offset is a 400 before it is a 403',
    async (operationId) => {
      const reply = await askRaw(operationId, 'all', { organizationId: 'no-such-organization', offset: 'abc' })
      expect(reply.status).toBe(400)
    },
  )

  test('getDevice: 403 comes before 404', async () => {
    const [hidden] = uncovered
    const reply = await askRaw('getDevice', hidden?.key, { organizationId: hidden?.id ?? '', deviceId: 'no-such-device' })
    expect(reply.status).toBe(403)
  })

  test('a list that is not covered is no 304 either', async () => {
    const reply = await askRaw(
      'listInventory',
      'all',
      { organizationId: 'no-such-organization' },
      { headers: { 'if-none-match': '*' } },
    )
    expect(reply.status).toBe(403)
  })
})
