import { afterAll, beforeAll, expect, test } from 'vitest'
import { assent as assentAt, assentJson } from '../../test/support/command-line.ts'
import { type CustomerOfTest, Door, type PartnerOfTest } from '../../test/support/door.ts'
import { type Receiver, startReceiver } from '../../test/support/receiver.ts'
import { startServer, type TestServer } from '../../test/support/server.ts'

let server: TestServer
let partner: PartnerOfTest
let hook: Receiver
let customer: CustomerOfTest
let token: string
beforeAll(async () => {
  server = await startServer({ flags: ['--inside-addresses', '127.0.0.1', '--rate-limit-factor', '1000000'] })
  const door = new Door(server.url, server.dataDir)
  partner = await door.partner('Acme')
  customer = await door.customer('North', partner)
  hook = await startReceiver()
  token = (await partner.portal.send<{ token: string }>('POST', '/access-tokens', { name: 'CLI', expiresInDays: 1 })).token
})
afterAll(async () => {
  await server?.close()
  await hook?.close()
})

const assent = (...args: string[]) => assentAt({ server, token }, ...args)
const json = (...args: string[]) => assentJson({ server, token }, ...args)

test('a webhook is added, tested, changed, its secret replaced, its deliveries shown and sent again, and deleted', async () => {
  const { webhook, secret } = await json('webhook', 'create', hook.url, 'Desk', '--kind', 'key.expiring')
  expect(secret).toMatch(/^whsec_/)
  expect(await json('webhook', 'list')).toMatchObject([{ id: webhook.id, name: 'Desk', kinds: ['key.expiring'], enabled: true }])
  hook.answer(() => 410)
  const { deliveryId } = await json('webhook', 'test', webhook.id)
  await hook.got('the test', (received) => received.length === 1)
  await expect
    .poll(() => json('webhook', 'list'), { timeout: 10_000 })
    .toMatchObject([{ enabled: false, disabledReason: 'gone', waiting: 0, failed: 1 }])
  hook.answer(() => 204)
  expect(
    await json(
      'webhook',
      'update',
      webhook.id,
      '--enable',
      '--name',
      'Night desk',
      '--kind',
      'alarm.activated',
      '--severity',
      'CRITICAL',
    ),
  ).toMatchObject({ enabled: true, name: 'Night desk', kinds: ['alarm.activated'], severities: ['CRITICAL'] })
  expect(await json('webhook', 'resend', webhook.id, deliveryId)).toEqual({ resent: 1 })
  await hook.got('the test again', (received) => received.length === 2)
  await expect
    .poll(() => json('webhook', 'deliveries', webhook.id, '--state', 'delivered'), { timeout: 10_000 })
    .toMatchObject([{ id: deliveryId, attempts: 1, lastStatus: 204 }])
  expect((await json('webhook', 'delivery', webhook.id, deliveryId)).log.map((one: { status: number }) => one.status)).toEqual([
    204, 410,
  ])
  expect((await assent('webhook', 'delivery', webhook.id, deliveryId)).out).toMatch(
    /webhook\.test[\s\S]*by POST[\s\S]* {2}"type": "webhook\.test"[\s\S]*, at 127\.0\.0\.1, \d+ ms: answered 204\n\n[\s\S]*: answered 410\n\n {2}answered 410/,
  )
  expect(await json('webhook', 'deliveries', webhook.id, '--before', deliveryId)).toEqual([])
  expect(await json('webhook', 'deliveries', webhook.id, '--kind', 'webhook.test')).toMatchObject([{ id: deliveryId }])
  expect(await json('webhook', 'deliveries', webhook.id, '--customer', 'nobody')).toEqual([])
  expect(await json('webhook', 'resend', webhook.id, deliveryId)).toEqual({ resent: 1 })
  await hook.got('it again', (received) => received.length === 3)
  expect(await json('webhook', 'resend', webhook.id, '--from', '2026-01-01T00:00:00Z')).toEqual({ resent: 0 })
  await expect
    .poll(() => json('webhook', 'resend', webhook.id, '--from', '2026-01-01T00:00:00Z', '--state', 'delivered'))
    .toEqual({ resent: 1 })
  await hook.got('it once more', (received) => received.length === 4)
  expect(await json('webhook', 'update', webhook.id, '--any-severity')).not.toHaveProperty('severities')
  expect((await assent('webhook', 'show', 'none')).err).toMatch(/no webhook none/)
  const moved = `${hook.url}/moved`
  expect(await json('webhook', 'update', webhook.id, '--address', moved)).toMatchObject({ url: moved })
  await json('webhook', 'update', webhook.id, '--customer', customer.id, '--address', 'https://10.1.2.3/')
  const shown = await assent('webhook', 'show', webhook.id)
  for (const line of [
    /^KINDS +alarm\.activated$/m,
    /^FORMAT +standard$/m,
    /^ENABLED +yes$/m,
    /^URL +https:\/\/10/m,
    /^Warning: .*ASSENT_INSIDE/m,
  ])
    expect(shown.out).toMatch(line)
  expect(shown.out).toContain(`North (${customer.id})`)
  expect(await json('webhook', 'show', webhook.id)).toMatchObject({ id: webhook.id, warnings: ['address-inside'] })
  // Where the command line is sent to another server by mistake, it says what that answered.
  hook.answer(() => 404)
  const err = 'assent: The server answered 404.'
  expect(await assent('webhook', 'update', webhook.id, '--name', 'x', '--url', hook.url)).toEqual({ code: 1, out: '', err })
  expect((await json('webhook', 'rotate', webhook.id, '--overlap-hours', '1')).secret).not.toBe(secret)
  await json('webhook', 'delete', webhook.id)
  expect((await assent('webhook', 'list')).out).toBe('There are no webhooks.')
})

test('one for alarms has its header, one with a public key shows it; what is typed wrong is named', async () => {
  const { webhook } = await json('webhook', 'create', hook.url, 'Alarms', '--kind', 'alarm.cleared', '--alarms-basic', 'desk:a:b')
  expect(webhook).toMatchObject({ format: 'alarms' })
  await json('webhook', 'test', webhook.id)
  const header = `Basic ${Buffer.from('desk:a:b').toString('base64')}`
  await hook.got('the test', (received) => received.some(({ headers }) => headers.authorization === header))
  const bearer = await json('webhook', 'create', hook.url, 'Token', '--kind', 'alarm.cleared', '--alarms-bearer', 't0ken')
  await json('webhook', 'test', bearer.webhook.id)
  await hook.got('its test', (received) => received.some(({ headers }) => headers.authorization === 'Bearer t0ken'))
  await json('webhook', 'rotate', bearer.webhook.id, '--alarms-basic', 'desk:new')
  await json('webhook', 'test', bearer.webhook.id)
  const renewed = `Basic ${Buffer.from('desk:new').toString('base64')}`
  await hook.got('its next test', (received) => received.some(({ headers }) => headers.authorization === renewed))
  const signed = await json('webhook', 'create', hook.url, 'Signed', '--kind', 'key.expiring', '--scheme', 'v1a')
  expect(signed).toMatchObject({ secret: expect.stringMatching(/^whpk_/), webhook: { scheme: 'v1a' } })
  const wrong: [string[], RegExp][] = [
    [['create', hook.url, 'x'], /Give --kind/],
    [['create', hook.url, 'x', '--kind', 'alarm'], /--kind is "alarm"\. Give coverage\.started/],
    [['update', webhook.id, '--enable', '--disable'], /not both/],
    [['update', webhook.id, '--severity', 'OK', '--any-severity'], /not both/],
    [['resend', webhook.id], /--from is missing/],
    [['rotate', webhook.id, '--alarms-basic', 'nocolon'], /Give it as NAME:PASSWORD, with a colon/],
  ]
  for (const [args, sentence] of wrong)
    expect(await assent('webhook', ...args)).toMatchObject({ code: 2, err: expect.stringMatching(sentence) })
  expect((await assent('webhook', 'create', hook.url, 'x', '--kind', 'key.expiring', '--alarms-bearer', 't')).err).toMatch(
    /body\.kinds/,
  )
})
