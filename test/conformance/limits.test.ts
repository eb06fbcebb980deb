import { beforeAll, describe, expect, test } from 'vitest'
import { call, type Reply } from './client.ts'
import { firstOf } from './families.ts'
import { ask, askRaw, operations } from './operations.ts'
import { world } from './world.ts'

const requestsMax = 5_000
const atOnce = 20
const changes = 'getSensorChangesAfterOffset'

/** An organization that only this file asks for, so that what is used up here is missed nowhere else. */
const nobodys = `used-up-${Date.now()}`
const asked = { organizationId: nobodys, offset: 0 }
const impatient = { impatient: true }

describe('limits (contract, section 2)', { timeout: 180_000 }, () => {
  test.each(operations.map(({ operationId }) => operationId))(
    '%s says what is left, also when it refuses',
    async (operationId) => {
      const organizationId = await firstOf('own')
      for (const reply of [
        await ask(operationId, 'own', { organizationId }),
        await ask(operationId, undefined, { organizationId }),
      ]) {
        expect(reply.headers['ratelimit-policy']).toMatch(/^"[^"]+";q=\d+;w=\d+$/)
        expect(reply.headers.ratelimit).toMatch(/^"[^"]+";r=\d+;t=\d+$/)
      }
    },
  )

  test.each([
    ['GET', '/rest/v1/no-such-operation'],
    ['POST', '/rest/v1/organizations'],
  ])('%s %s, which is no operation, says what is left too', async (method, path) => {
    const { headers } = await call(path, { key: world.keys.own, method })
    expect(headers['ratelimit-policy']).toMatch(/^"[^"]+";q=\d+;w=\d+$/)
    expect(headers.ratelimit).toMatch(/^"[^"]+";r=\d+;t=\d+$/)
  })

  test('normal polling of every family, every 10 seconds, is far below them', async () => {
    const organizationId = await firstOf('own')
    const { headers } = await ask(changes, 'own', { organizationId, offset: 0 })
    const [, quota, window] = /;q=(\d+);w=(\d+)$/.exec(String(headers['ratelimit-policy'])) ?? []
    const families = 3
    const pollsInWindow = (families * Number(window)) / 10
    expect(Number(quota)).toBeGreaterThan(2 * pollsInWindow)
  })
})

describe('too many requests (contract, section 2)', { timeout: 180_000 }, () => {
  let refused: Reply
  beforeAll(async () => {
    refused = await useUp()
  }, 120_000)

  test('are a 429 that says how many whole seconds to wait', () => {
    expect(refused.status).toBe(429)
    expect(refused.headers['retry-after']).toMatch(/^[1-9]\d*$/)
    expect(refused.headers.ratelimit).toMatch(/;r=0;/)
  })

  test('429 comes before the 400 of a malformed offset and the 403 of an organization that is not covered', async () => {
    expect((await askRaw(changes, 'demo', { ...asked, offset: 'abc' }, impatient)).status).toBe(429)
    expect((await ask(changes, 'demo', asked, impatient)).status).toBe(429)
  })

  test('401 comes before 429', async () => {
    expect((await ask(changes, undefined, asked, impatient)).status).toBe(401)
  })

  test('of one organization do not bite on another, nor those of one kind on another kind', async () => {
    const demo = await firstOf('demo')
    expect((await ask(changes, 'demo', { organizationId: demo, offset: 0 })).status).toBe(200)
    expect((await ask('listSensors', 'demo', { organizationId: nobodys }, impatient)).status).toBe(403)
  })

  test('with a demo key do not count against the other keys of the company', async () => {
    expect((await ask(changes, 'all', asked, impatient)).status).toBe(403)
    expect((await ask(changes, 'own', asked, impatient)).status).toBe(403)
  })
})

/** Asks for the changes of nobody's organization until that is refused. Every answer until then is the usual 403. */
async function useUp(): Promise<Reply> {
  for (let sent = 0; sent < requestsMax; sent += atOnce) {
    const replies = await Promise.all(Array.from({ length: atOnce }, () => ask(changes, 'demo', asked, impatient)))
    const over = replies.find(({ status }) => status === 429)
    if (over) return over
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([403]))
  }
  throw new Error(`${requestsMax} requests in a row were not too many.`)
}
