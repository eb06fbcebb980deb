import { describe, expect, test } from 'vitest'
import type { Operation } from '../support/contract.ts'
import { call, newAgent } from './client.ts'
import { firstOf } from './families.ts'
import { ask, ofStreams, operations, pathWith } from './operations.ts'
import { problemOf } from './problems.ts'
import { world } from './world.ts'

const key = world.keys.own

describe('plain HTTP (contract, sections 1, 2 and 5)', { timeout: 180_000 }, () => {
  const whole = operations.filter(({ isStream }) => !isStream)
  test.each(whole.map(({ operationId }) => operationId))('HEAD of %s is its GET without the body', async (operationId) => {
    const organizationId = await firstOf('own')
    const operation = operations.find((candidate) => candidate.operationId === operationId)
    const path = operation ? pathWith(operation, { organizationId }) : ''
    const [get, head] = [await call(path, { key }), await call(path, { key, method: 'HEAD' })]
    expect(head.status).toBe(get.status)
    expect(head.bytes.length).toBe(0)
    for (const name of ['content-type', 'etag']) expect(head.headers[name]).toBe(get.headers[name])
    expect((await call(path, { method: 'HEAD' })).status).toBe(401)
  })

  test.each(ofStreams.map(({ operationId }) => operationId))('HEAD of %s opens no stream', async (operationId) => {
    const organizationId = await firstOf('own')
    const path = pathWith(ofStreams.find((one) => one.operationId === operationId) as Operation, { organizationId })
    const reply = await call(path, { key, method: 'HEAD', headers: { 'accept-encoding': 'gzip' } })
    expect([404, 405]).toContain(reply.status)
    expect(reply.bytes.length).toBe(0)
  })

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('nothing can be changed: %s is refused as a problem', async (method) => {
    const organizationId = await firstOf('own')
    for (const operation of operations) {
      const reply = await call(pathWith(operation, { organizationId }), { key, method })
      expect([404, 405]).toContain(reply.status)
      expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/)
      if (reply.status === 405) expect(reply.headers.allow).toMatch(/\bGET\b/)
    }
  })

  test.each([
    '/rest/v1',
    '/rest/v1/',
    '/rest/v1/no-such-operation',
    '/rest/v2/organizations',
    '/rest/v1/organizations/x/no-such-operation',
  ])('an address that is no operation is a 404 as a problem, by every method: %s', async (path) => {
    for (const method of ['GET', 'POST']) {
      const reply = await call(path, { key, method })
      expect([method, reply.status]).toEqual([method, 404])
      expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/)
      expect(problemOf(reply)).toMatchObject({ status: 404, type: expect.any(String), requestId: expect.any(String) })
    }
  })

  test('a query that nobody asked for is no error', async () => {
    const [operation] = operations
    const reply = await call(`${operation ? pathWith(operation, {}) : ''}?added=later&added=again&%00`, { key })
    expect(reply.status).toBe(200)
  })

  test('a request to change to h2c, as the JDK sends it, is answered as HTTP/1.1', async () => {
    const headers = {
      connection: 'Upgrade, HTTP2-Settings',
      upgrade: 'h2c',
      'http2-settings': 'AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
    }
    const reply = await ask('listOrganizations', 'own', {}, { headers })
    expect(reply.status).toBe(200)
    expect(reply.httpVersion).toBe('1.1')
  })

  test('a connection outlasts a pause of 10 seconds between two polls', async () => {
    const agent = newAgent()
    const first = await ask('listOrganizations', 'own', {}, { agent })
    const [, announcedSeconds] = /timeout=(\d+)/.exec(String(first.headers['keep-alive'] ?? '')) ?? []
    if (announcedSeconds !== undefined) expect(Number(announcedSeconds)).toBeGreaterThan(10)
    // The pause is the promise itself: there is nothing to poll for meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 10_500))
    const second = await ask('listOrganizations', 'own', {}, { agent })
    agent.destroy()
    expect(first.reused).toBe(false)
    expect(second.reused).toBe(true)
  })
})

describe('errors (contract, section 2)', { timeout: 180_000 }, () => {
  test('have a type and a title that stay the same, a type for each kind, and an id for each request', async () => {
    const organizationId = await firstOf('own')
    const kinds = {
      401: () => ask('listInventory', undefined, { organizationId }),
      400: () => ask('getInventoryChangesAfterOffset', 'own', { organizationId, offset: -1 }),
      403: () => ask('listInventory', 'own', { organizationId: 'no-such-organization' }),
      404: () => ask('getDevice', 'own', { organizationId, deviceId: 'no-such-device' }),
    }
    const types = new Set<string>()
    for (const [status, produce] of Object.entries(kinds)) {
      const [one, other] = [problemOf(await produce()), problemOf(await produce())]
      expect(one.status).toBe(Number(status))
      expect({ ...one, requestId: '' }).toEqual({ ...other, requestId: '' })
      expect(one.requestId).not.toBe(other.requestId)
      types.add(one.type)
    }
    expect(types.size).toBe(4)
  })

  test('name nothing of the inside', async () => {
    const replies = [
      await call('/rest/v1/organizations/%00/inventory', { key }),
      await call('/rest/v1/organizations/%ff/inventory', { key }),
      await call('/rest/%ff', { key }),
      await call('/rest/v1/%', { key }),
      await call(`/rest/v1/organizations/${'x'.repeat(3000)}/inventory`, { key }),
    ]
    for (const { text } of replies) expect(text).not.toMatch(/\bselect\b|\bat \/|node_modules|\.ts:|postgres|pglite|FST_|Error:/i)
  })
})
