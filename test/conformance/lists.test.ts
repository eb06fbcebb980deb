import { beforeAll, describe, expect, test } from 'vitest'
import { call } from './client.ts'
import { families, familyNames, firstOf } from './families.ts'
import { ask, bodyOf, operations, pathWith } from './operations.ts'
import { type FamilyName, type KeyName, world } from './world.ts'

const strong = /^"[\x21\x23-\x7e\x80-\xff]*"$/

/** Each family with another key, so that none of them meets its limit of lists. */
const keyOf: Record<FamilyName, KeyName> = { inventory: 'own', alarms: 'all', sensors: 'specific' }

describe.each(familyNames)('the list of %s (contract, sections 1 and 4)', { timeout: 180_000 }, (family) => {
  const key = keyOf[family]
  let organizationId: string
  beforeAll(async () => {
    organizationId = await firstOf(key)
  })
  const list = (headers: Record<string, string> = {}) => ask(families[family].list, key, { organizationId }, { headers })

  test('comes as JSON in UTF-8', async () => {
    const reply = await list()
    expect(reply.headers['content-type']).toMatch(/^application\/json(; ?charset=utf-8)?$/i)
    expect(bodyOf(reply)).toHaveProperty('offset')
  })

  test('comes whole, whatever the query asks for', async () => {
    const operation = operations.find(({ operationId }) => operationId === families[family].list)
    const path = operation ? pathWith(operation, { organizationId }) : ''
    const reply = await call(`${path}?limit=1&page=2&offset=3`, { key: world.keys[key] })
    expect(JSON.parse(reply.text)).toEqual(bodyOf(await list()))
  })

  test('comes plain where nothing else is asked for, and compressed where gzip is', async () => {
    const [plain, compressed] = [await list(), await list({ 'accept-encoding': 'gzip' })]
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(compressed.headers['content-encoding']).toBe('gzip')
    expect(compressed.bytes.length).toBeLessThan(plain.bytes.length)
    expect(bodyOf(compressed)).toEqual(bodyOf(plain))
  })

  test('comes plain where gzip is refused', async () => {
    expect((await list({ 'accept-encoding': 'gzip;q=0' })).headers['content-encoding']).toBeUndefined()
    expect((await list({ 'accept-encoding': 'identity' })).headers['content-encoding']).toBeUndefined()
  })

  test('says that it depends on Accept-Encoding, and that no cache may hand it to others', async () => {
    const { headers } = await list({ 'accept-encoding': 'gzip' })
    expect(headers.vary).toMatch(/\baccept-encoding\b/i)
    expect(headers['cache-control'] ?? '').not.toMatch(/\bpublic\b|\bs-maxage\b/)
  })

  test('has a strong ETag, one for each encoding, that stays while nothing changes', async () => {
    const [plain, again, compressed] = [await list(), await list(), await list({ 'accept-encoding': 'gzip' })]
    expect(plain.headers.etag).toMatch(strong)
    expect(compressed.headers.etag).toMatch(strong)
    expect(again.headers.etag).toBe(plain.headers.etag)
    expect(compressed.headers.etag).not.toBe(plain.headers.etag)
  })

  test.each(['identity', 'gzip'])('is a 304 without a body for whoever has it (%s)', async (encoding) => {
    const { headers } = await list({ 'accept-encoding': encoding })
    const reply = await list({ 'accept-encoding': encoding, 'if-none-match': String(headers.etag) })
    expect(reply.status).toBe(304)
    expect(reply.bytes.length).toBe(0)
    expect(reply.headers.etag).toBe(headers.etag)
  })

  test('knows its ETag among several, as a weak one, and as *', async () => {
    const { etag = '' } = (await list()).headers
    for (const tags of [`"another", ${etag}`, `W/${etag}`, `"a,b" , W/"c",${etag}`, '*']) {
      expect((await list({ 'if-none-match': tags })).status).toBe(304)
    }
  })

  test('comes in full where the ETag is another, or none at all', async () => {
    const { etag = '' } = (await list()).headers
    expect(etag).not.toBe('"another"')
    for (const tags of ['"another"', 'W/"another"', '']) expect((await list({ 'if-none-match': tags })).status).toBe(200)
  })

  test('is no 304 for whoever has it in another encoding', async () => {
    const { etag = '' } = (await list({ 'accept-encoding': 'gzip' })).headers
    expect((await list({ 'if-none-match': etag })).status).toBe(200)
  })
})
