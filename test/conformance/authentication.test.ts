import { describe, expect, test } from 'vitest'
import { call } from './client.ts'
import { firstOf } from './families.ts'
import { ask, askRaw, bodyOf, ofChanges, operations } from './operations.ts'
import { withoutIdentity } from './problems.ts'
import { organizationsAtRest, world } from './world.ts'

const good = world.keys.all
const flipped = `${good.slice(0, -1)}${good.endsWith('a') ? 'b' : 'a'}`

/** Authorization headers that hold no valid key. */
const refused: Record<string, string> = {
  'nothing after the scheme': 'Bearer',
  'an empty key': 'Bearer ',
  'a key without the scheme': good,
  'another scheme': `Basic ${Buffer.from(`${good}:`).toString('base64')}`,
  'an unknown scheme': `Apikey ${good}`,
  'a key with its last character changed': `Bearer ${flipped}`,
  'a key cut short': `Bearer ${good.slice(0, -1)}`,
  'a key with a character too many': `Bearer ${good}x`,
  'a key in capitals': `Bearer ${good.toUpperCase()}`,
  'two keys': `Bearer ${good} ${world.keys.demo}`,
  'a key in quotes': `Bearer "${good}"`,
  'a text that is no key': 'Bearer null',
  'a very long text': `Bearer ${'a'.repeat(6000)}`,
  'odd characters': 'Bearer \u00e9\u00ff\u0080',
}

describe('a key is asked for (contract, sections 1 and 2)', { timeout: 180_000 }, () => {
  test.each(['bearer', 'Bearer', 'BEARER', 'bEaReR'])('the scheme "%s" is accepted, whatever its case', async (scheme) => {
    const reply = await ask('listOrganizations', undefined, {}, { headers: { authorization: `${scheme} ${good}` } })
    expect(reply.status).toBe(200)
  })

  test.each(operations.map(({ operationId }) => operationId))(
    '%s without a key is a 401 that says how to authenticate',
    async (operationId) => {
      const organizationId = operationId === 'listOrganizations' ? '' : await firstOf('all')
      const reply = await ask(operationId, undefined, { organizationId, deviceId: 'x', offset: 0 })
      expect(reply.status).toBe(401)
      expect(reply.headers['www-authenticate']).toMatch(/^Bearer\b/)
    },
  )

  test.each(Object.entries(refused))('%s is a 401, and tells no more than having no key', async (_, authorization) => {
    const [without, reply] = await Promise.all([ask('listOrganizations', undefined), callWith(authorization)])
    expect(reply.status).toBe(401)
    expect(reply.headers['www-authenticate']).toMatch(/^Bearer\b/)
    expect(withoutIdentity(reply)).toEqual(withoutIdentity(without))
  })

  test('a key in the query is not looked at', async () => {
    const replies = await Promise.all(
      ['key', 'api_key', 'access_token'].map((name) => call(`/rest/v1/organizations?${name}=${good}`)),
    )
    expect(replies.map(({ status }) => status)).toEqual([401, 401, 401])
  })

  test.runIf(world.refusedKeys).each(Object.entries(world.refusedKeys ?? {}))(
    'a key that is %s is a 401 like any other',
    async (_, key) => {
      const [without, reply] = await Promise.all([ask('listOrganizations', undefined), callWith(`Bearer ${key}`)])
      expect(withoutIdentity(reply)).toEqual(withoutIdentity(without))
    },
  )
})

describe('401 comes before all else (contract, section 2)', { timeout: 180_000 }, () => {
  test.each(ofChanges.map(({ operationId }) => operationId))('%s: before the 400 of a malformed offset', async (operationId) => {
    const reply = await askRaw(operationId, undefined, { organizationId: await firstOf('all'), offset: 'abc' })
    expect(reply.status).toBe(401)
  })

  test('before the 403 of an organization that is not covered', async () => {
    expect((await ask('listInventory', undefined, { organizationId: 'no-such-organization' })).status).toBe(401)
  })

  test('before the 404 of a device that is not there', async () => {
    const organizationId = await firstOf('all')
    expect((await ask('getDevice', undefined, { organizationId, deviceId: 'no-such-device' })).status).toBe(401)
  })
})

const moved = world.organizations.filter((one) => !organizationsAtRest.includes(one)).map(({ id }) => id)

describe('each key reads what it was made for (contract, section 7)', { timeout: 180_000 }, () => {
  const ids = async (key: 'all' | 'specific' | 'own' | 'demo') =>
    bodyOf<{ organizations: { id: string }[] }>(await ask('listOrganizations', key)).organizations.map(({ id }) => id)

  test('"all" covers the valid customers, and none that is not', async () => {
    const [demo, all] = await Promise.all([ids('demo'), ids('all')])
    const valid = organizationsAtRest.filter(({ id, state }) => state === 'valid' && !demo.includes(id)).map(({ id }) => id)
    expect(all.filter((id) => !moved.includes(id)).sort()).toEqual(valid.sort())
    expect(valid).not.toEqual([])
  })

  test('"specific" covers some of the valid customers, and "own" exactly one', async () => {
    const [specific, all, own] = await Promise.all([ids('specific'), ids('all'), ids('own')])
    expect(specific.filter((id) => !all.includes(id) && !moved.includes(id))).toEqual([])
    expect(own).toHaveLength(1)
  })

  test('"demo" covers the demo organization, which no other key covers', async () => {
    const [demo, ...others] = await Promise.all([ids('demo'), ids('all'), ids('specific'), ids('own')])
    expect(demo).toHaveLength(1)
    expect(others.flat()).not.toContain(demo[0])
  })

  test('an organization is listed with the label by which it is known', async () => {
    const { organizations } = bodyOf<{ organizations: { id: string; label: string }[] }>(await ask('listOrganizations', 'all'))
    for (const { id, label } of organizations) expect(world.organizations.find((known) => known.id === id)?.label).toBe(label)
  })
})

function callWith(authorization: string) {
  return ask('listOrganizations', undefined, {}, { headers: { authorization } })
}
