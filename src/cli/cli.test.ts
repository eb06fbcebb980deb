import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assent as assentAt, assentJson } from '../../test/support/command-line.ts'
import { inDays, type Managed, startManaged } from '../../test/support/management.ts'
import { commands } from './main.ts'

let managed: Managed
beforeAll(async () => {
  managed = await startManaged()
})
afterAll(() => managed.close())

/** As the user of the server's machine. */
const assent = (...args: string[]) => assentAt({ server: managed.server }, ...args)
const json = (...args: string[]) => assentJson({ server: managed.server }, ...args)

test('the server writes the token that the command line uses, readable by its owner alone', async () => {
  const mode = statSync(join(managed.server.dataDir, 'cli-token')).mode & 0o777
  expect(mode).toBe(0o600)
  await managed.server.restart()
  expect((await assent('company', 'list')).code).toBe(0)
})

test('all that the vendor does can be done: companies, set-up, subscriptions, connections', async () => {
  const customer = await json('company', 'create', 'customer', 'North Bakery', '--address', '1 Mill Lane')
  const partner = await json('company', 'create', 'partner', 'Acme, Inc.')
  expect(partner.partnerId).toBe('ACME_INC')
  expect(
    (await json('company', 'update', customer.id, '--address', '', '--contact-email', 'it@example.com')).address,
  ).toBeUndefined()
  expect((await json('company', 'setup-link', customer.id, 'first@example.com')).url).toMatch(/\/setup#su_/)

  const trial = await json('subscription', 'start', customer.id, '--kind', 'trial', '--ends-at', inDays(10))
  expect((await json('subscription', 'extend', trial.id, '--ends-at', inDays(20))).state).toBe('active')
  expect((await json('subscription', 'cancel', trial.id)).canceledAt).toBeTypeOf('string')
  expect((await json('subscription', 'terminate', trial.id)).state).toBe('ended')
  expect(await json('subscription', 'list', customer.id)).toHaveLength(1)

  const partnership = await json('partnership', 'connect', customer.id, 'ACME_INC')
  expect(await json('partnership', 'list')).toEqual([partnership])
  await json('partnership', 'disconnect', partnership.id)
  expect(await json('partnership', 'list')).toEqual([])

  await json('company', 'suspend', customer.id)
  expect((await json('company', 'show', customer.id)).suspendedAt).toBeTypeOf('string')
  await json('company', 'resume', customer.id)
  const listed = await assent('company', 'list')
  expect(listed.out).toMatch(/^ID +KIND +NAME/)
  expect(listed.out).toMatch(/partner +Acme, Inc\. +ACME_INC/)
})

test('what holds for every company is shown and set, and what is out of bounds is a mistake in typing', async () => {
  expect(await json('installation', 'show')).toEqual({
    invitationDays: 7,
    invitationApproval: false,
    trialDays: 30,
    accessDays: 400,
  })
  const set = ['installation', 'set', '--invitation-days', '14', '--invitation-approval', 'yes']
  expect(await json(...set)).toEqual({ invitationDays: 14, invitationApproval: true, trialDays: 30, accessDays: 400 })
  expect((await assent('installation', 'set', '--trial-days', '366')).code).toBe(2)
  expect((await assent('installation', 'set', '--invitation-approval', 'perhaps')).code).toBe(2)
  expect((await assent('installation', 'show')).out).toMatch(/INVITATION DAYS +14/)
})

test('a customer and its partner do by token what they do in the portal', async () => {
  const partner = await managed.staffed('partner', 'Best')
  const customer = await managed.staffed('customer', 'South Bakery')
  await json('partnership', 'connect', customer.id, partner.partnerId ?? '')
  await json('subscription', 'start', customer.id, '--ends-at', inDays(10))
  const run = async (who: typeof partner, ...args: string[]) => {
    const { token } = (await who.ask('POST', '/access-tokens', { name: 't', expiresInDays: 1 })).body
    return assentJson({ server: managed.server, token }, ...args)
  }
  const [{ partnershipId }] = await run(customer, 'partner', 'list')
  expect((await run(customer, 'consent', 'give', partnershipId, '--kinds', 'alarms,sensors')).kinds.inventory).toBe(false)
  const { key, secret } = await run(partner, 'key', 'create', 'specific', 'For tests', '--customer', customer.id)
  expect(secret).toMatch(/^ak_live_/)
  expect((await run(partner, 'key', 'show', key.id)).organizations[0].covered).toBe(true)
  const successor = await run(partner, 'key', 'rotate', key.id, '--overlap-days', '1')
  expect(successor.key.replaces.id).toBe(key.id)
  await run(partner, 'key', 'delete', successor.key.id)
  const narrowed = await run(partner, 'key', 'update', key.id, '--network', '192.0.2.0/24', '--disable')
  expect([narrowed.valid, narrowed.networks]).toEqual([false, ['192.0.2.0/24']])
  await run(partner, 'key', 'delete', key.id)
  expect(await run(partner, 'key', 'list')).toEqual([])
  await run(customer, 'consent', 'withdraw', partnershipId)
  expect((await run(partner, 'customer', 'list'))[0].state).toBe('no consent')
  const invited = await run(partner, 'customer', 'invite', 'West Bakery', 'Office@West.example', '--address', '1 Mill Lane')
  expect(invited).toMatchObject({ organizationName: 'West Bakery', email: 'office@west.example', state: 'pending' })
  await run(partner, 'customer', 'resend', invited.id)
  expect(await run(partner, 'customer', 'invitations')).toMatchObject([{ id: invited.id, address: '1 Mill Lane' }])
  await run(partner, 'customer', 'revoke', invited.id)
  expect(await run(partner, 'customer', 'invitations')).toEqual([])
  const { gateway } = await run(customer, 'gateway', 'create', 'Cellar')
  await run(customer, 'gateway', 'remove', gateway.id)
})

test('access tokens are created, listed and deleted', async () => {
  const { accessToken, token } = await json('token', 'create', 'Reader', '--role', 'viewer', '--days', '3')
  expect(accessToken).toMatchObject({ name: 'Reader', role: 'viewer' })
  const asReader = (path: string) => managed.asking({ authorization: `Bearer ${token}` })('GET', path)
  expect((await asReader('/companies')).status).toBe(200)
  expect(await json('token', 'list')).toContainEqual(accessToken)
  await json('token', 'delete', accessToken.id)
  expect((await asReader('/companies')).status).toBe(401)
})

test('what is typed wrong is named, with exit code 2; what the server refuses, with exit code 1', async () => {
  const wrong: [string[], RegExp][] = [
    [['companies'], /There is no command "companies"/],
    [['key'], /There is no command "key"\. After key comes one of: list, show, create, update, rotate, delete/],
    [['company', 'create', 'customer'], /assent company create KIND NAME: it takes 2 arguments, 1 were given/],
    [['company', 'create', 'vendor', 'x'], /KIND is "vendor"\. Give partner or customer/],
    [['company', 'list', '--all'], /Unknown option '--all'/],
    [['subscription', 'start', 'x'], /--ends-at is missing/],
    [['audit', 'list', '--limit', 'many'], /--limit is "many"\. Give a whole number from 1 to 1000/],
    [['company', 'list', '--url', 'nowhere'], /The server's address is "nowhere"/],
  ]
  for (const [args, sentence] of wrong)
    expect(await assent(...args)).toEqual({ code: 2, out: '', err: expect.stringMatching(sentence) })

  const refused: [string[], RegExp][] = [
    [['company', 'show', 'nothing'], /Not found\..*\(request /],
    [['company', 'create', 'customer', ''], /body\.name: is empty/],
    [['key', 'list'], /Not allowed\. This is for a partner or a customer/],
    [['company', 'list', '--url', 'http://127.0.0.1:9'], /No server answers/],
    [['company', 'list', '--data', '/nowhere'], /There is no access token\. Start the server/],
    [['audit', 'verify', '--head', '/nowhere'], /\/nowhere cannot be read/],
  ]
  for (const [args, sentence] of refused)
    expect(await assent(...args)).toEqual({ code: 1, out: '', err: expect.stringMatching(sentence) })
})

test('every command has a help text, and the overview names each', async () => {
  const overview = await assent('--help')
  expect(overview.code).toBe(0)
  for (const command of commands) {
    expect(overview.out).toContain(`assent ${command.name}`)
    const help = await assent(...command.name.split(' '), '--help')
    expect(help.out).toContain(command.summary)
    for (const option of Object.keys(command.options)) expect(help.out, command.name).toContain(`--${option}`)
  }
})

test('as a program of its own it answers with exit codes and takes ASSENT_DATA', async () => {
  const run = (args: string[], env: Record<string, string>) =>
    new Promise<{ code: number; out: string }>((resolve) => {
      execFile(process.execPath, ['src/cli/main.ts', ...args], { env: { PATH: process.env.PATH, ...env } }, (error, out, err) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out: out + err }),
      )
    })
  const listed = await run(['company', 'list', '--json'], { ASSENT_DATA: managed.server.dataDir })
  expect(JSON.parse(listed.out)).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'vendor' })]))
  const empty = mkdtempSync(join(tmpdir(), 'assent-cli-'))
  try {
    expect(await run(['company', 'list'], { ASSENT_DATA: empty })).toEqual({
      code: 1,
      out: expect.stringMatching(/no access token/),
    })
    writeFileSync(join(empty, 'url'), 'http://127.0.0.1:9\n')
    expect((await run(['company', 'list'], { ASSENT_DATA: empty, ASSENT_TOKEN: 'at_x' })).out).toMatch(/No server answers/)
    expect(existsSync(join(empty, 'cli-token'))).toBe(false)
    for (const ASSENT_TOKEN of ['“at_x”', 'at_x at_y', 'ak_live_x'])
      expect(await run(['company', 'list'], { ASSENT_DATA: empty, ASSENT_TOKEN })).toEqual({
        code: 1,
        out: expect.stringMatching(/^[^\n]*ASSENT_TOKEN holds no access token\. One begins with at_[^\n]*\n$/),
      })
  } finally {
    rmSync(empty, { recursive: true })
  }
})
