import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assent } from '../../test/support/command-line.ts'
import { type Managed, type Staffed, startManaged } from '../../test/support/management.ts'
import { type ProviderOfTest, startProvider } from '../../test/support/sign-in-provider.ts'

let managed: Managed
let provider: ProviderOfTest
let company: Staffed
let token: string
const directory = mkdtempSync(join(tmpdir(), 'assent-sign-on-'))
beforeAll(async () => {
  managed = await startManaged({ flags: ['--inside-addresses', '127.0.0.1'] })
  provider = await startProvider(`${managed.server.url}/sign-in/return`)
  company = await managed.staffed('customer', 'North Bakery')
  token = (await company.ask('POST', '/access-tokens', { name: 'CLI', expiresInDays: 1 })).body.token
})
afterAll(async () => {
  rmSync(directory, { recursive: true })
  await provider.close()
  await managed.close()
})

/** Runs `assent sign-on …` as the company's administrator, or as the vendor on the server's machine. */
async function signOn(who: 'administrator' | 'vendor', ...args: string[]) {
  const { server } = managed
  const { code, out, err } = await assent(who === 'vendor' ? { server } : { server, token }, 'sign-on', ...args, '--json')
  return { code, said: out + err, json: code === 0 ? JSON.parse(out) : undefined }
}

test('single sign-on is set, changed in part, turned off by the vendor and removed from the command line, its secret never shown', async () => {
  expect((await signOn('administrator', 'show')).json).toEqual({
    redirectUri: `${managed.server.url}/sign-in/return`,
    signOutUri: `${managed.server.url}/sign-in`,
  })
  const secretFile = join(directory, 'secret')
  writeFileSync(secretFile, `${provider.clientSecret}\n`)
  const whole = ['--name', 'north', '--issuer', provider.issuer, '--client-id', provider.clientId]
  expect((await signOn('administrator', 'set', ...whole.slice(2))).said).toMatch(/--name is missing/)
  expect((await signOn('administrator', 'set', ...whole, '--client-secret-file', join(directory, 'none'))).code).toBe(2)
  const set = await signOn('administrator', 'set', ...whole, '--client-secret-file', secretFile, '--two-factors', 'yes')
  expect(set.json).toMatchObject({ name: 'north', enabled: true, required: false, countsAsTwoFactors: true })
  const changed = await signOn('administrator', 'set', '--required', 'yes')
  expect(changed.json).toEqual({ ...set.json, required: true })
  expect(`${set.said}${changed.said}`).not.toContain(provider.clientSecret)

  expect((await signOn('vendor', 'turn-off', company.id)).code).toBe(0)
  expect((await signOn('administrator', 'show')).json.provider).toEqual({ ...changed.json, enabled: false })
  expect((await signOn('administrator', 'remove')).code).toBe(0)
  expect((await signOn('vendor', 'turn-off', company.id)).code).toBe(1)
})
