import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inDays, type Managed, startManaged } from '../../test/support/management.ts'
import { ensureInstallationToken } from './installation-token.ts'

let managed: Managed
beforeAll(async () => {
  managed = await startManaged()
})
afterAll(() => managed.close())

const file = () => join(managed.server.dataDir, 'cli-token')
const token = () => readFileSync(file(), 'utf8').trim()
const works = async (text: string) =>
  (await managed.asking({ authorization: `Bearer ${text}` })('GET', '/companies')).status === 200

test('a token that is good is left as it is', async () => {
  const before = token()
  await ensureInstallationToken(managed.server.context)
  expect(token()).toBe(before)
})

test('a token that is near its end is replaced, and ends', async () => {
  const before = token()
  await managed.server.database.system.rows(sql`update access_token set expires_at = ${inDays(14)}::timestamptz`)
  await ensureInstallationToken(managed.server.context)
  expect(await works(token())).toBe(true)
  expect(await works(before)).toBe(false)
})

test('a file that is empty, or holds what is no token of this database, is written anew', async () => {
  for (const text of ['', 'at_nothing', 'x'.repeat(5000)]) {
    writeFileSync(file(), text)
    await ensureInstallationToken(managed.server.context)
    expect(await works(token())).toBe(true)
  }
})

test('the server says in the file `url` where it is', () => {
  expect(readFileSync(join(managed.server.dataDir, 'url'), 'utf8').trim()).toBe(managed.server.url)
})
