import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { focused } from './keyboard.ts'
import { openPortal, organizationsOf, type Portal } from './portal.ts'

let portal: Portal
let page: Page

beforeAll(async () => {
  portal = await openPortal()
  page = await portal.signedIn('partner', { permissions: ['clipboard-read', 'clipboard-write'] })
  await page.getByRole('link', { name: 'API', exact: true }).click()
})
afterAll(async () => {
  await portal?.close()
})

const dialog = () => page.getByRole('dialog')

async function generate(name: string, choose: () => Promise<void>): Promise<string> {
  await page.getByRole('button', { name: 'Generate new API key' }).click()
  await dialog().getByLabel('Name').fill(name)
  await choose()
  await dialog().getByRole('button', { name: 'Generate key' }).click()
  return dialog().getByRole('group', { name: 'New API key' }).locator('code').innerText()
}

test('an All Customers key is copied whole, shown this once, and reads the valid customers', async () => {
  const key = await generate('Everything', () => dialog().getByLabel('All Customers').check())
  await dialog().getByText('This is the only time the key is shown.', { exact: false }).waitFor()
  await dialog().getByRole('button', { name: 'Copy', exact: true }).click()
  await dialog().getByRole('button', { name: 'Copied' }).waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key)
  await dialog().getByRole('button', { name: 'Done' }).click()
  await dialog().waitFor({ state: 'detached' })

  expect(await organizationsOf(portal.server, key)).toEqual({ status: 200, ids: [portal.organization('valid').id] })
  const row = page.getByRole('row', { name: 'Everything' })
  expect(await row.innerText()).toContain('All Customers')
  expect(await row.innerText()).toContain('1 customer')
  expect(await row.innerText()).toContain(key.slice(0, 12))
  expect(await page.content()).not.toContain(key)
  await page.reload()
  await row.waitFor()
  expect(await page.content()).not.toContain(key)
})

test('closing a key that was not copied asks first', async () => {
  await generate('Uncopied', () => dialog().getByLabel('Demo').check())
  await page.keyboard.press('Escape')
  await dialog().getByText('The key has not been copied', { exact: false }).waitFor()
  await dialog().getByRole('button', { name: 'Back to the key' }).click()
  await dialog()
    .getByText(/^ak_demo_\w+$/)
    .waitFor()
  await dialog().getByRole('button', { name: 'Done' }).click()
  await dialog().getByRole('button', { name: 'Close anyway' }).click()
  await dialog().waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'Uncopied' }).waitFor()
})

test('a Specific Customers key shows each customer’s state and reason, and takes one that is not valid yet', async () => {
  const valid = portal.organization('valid')
  const waiting = portal.organization('no consent')
  const key = await generate('Two sites', async () => {
    await dialog().getByLabel('Specific Customers').check()
    await dialog().getByRole('button', { name: 'Generate key' }).click()
    await dialog().getByText('Choose at least one customer.').waitFor()
    await focused(dialog().getByRole('group', { name: 'Customers' }))
    const choice = dialog().getByRole('listitem').filter({ hasText: waiting.label })
    expect(await choice.innerText()).toMatch(/No consent[\s\S]*administrator has not allowed/)
    await dialog().getByLabel(waiting.label).check()
    await dialog().getByLabel('Search customers').fill(valid.label.slice(2, 8).toUpperCase())
    expect(await dialog().getByRole('listitem').count()).toBe(1)
    await dialog().getByLabel(valid.label).check()
    await dialog().getByText('2 customers chosen').waitFor()
    await dialog().getByLabel('Expires').selectOption('30')
  })
  await dialog().getByRole('button', { name: 'Copy', exact: true }).click()
  await dialog().getByRole('button', { name: 'Done' }).click()
  expect(await organizationsOf(portal.server, key)).toEqual({ status: 200, ids: [valid.id] })

  await page
    .getByRole('row', { name: /Two sites/ })
    .getByText('1 of 2 customers', { exact: true })
    .waitFor()
  await page.getByRole('link', { name: 'Two sites' }).click()
  await page.getByRole('heading', { name: 'Two sites' }).waitFor()
  await page.getByText('1 of 2 customers', { exact: true }).waitFor()
  expect(await page.getByRole('row', { name: valid.label }).innerText()).toContain('Covered')
  expect(await page.getByRole('row', { name: waiting.label }).innerText()).toMatch(/Not covered[\s\S]*No consent/)
  expect(await page.getByRole('row').count()).toBe(3)

  await page.getByRole('button', { name: `Remove ${valid.label} from this key` }).click()
  await dialog().getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('row', { name: valid.label }).waitFor({ state: 'detached' })
  expect((await organizationsOf(portal.server, key)).ids).toEqual([])
  await page.getByRole('link', { name: 'API', exact: true }).first().click()
})

test('a key is disabled, enabled, renamed and deleted, and each holds at once', async () => {
  const key = await generate('Short lived', () => dialog().getByLabel('All Customers').check())
  await dialog().getByRole('button', { name: 'Copy', exact: true }).click()
  await dialog().getByRole('button', { name: 'Done' }).click()
  await page.getByRole('link', { name: 'Short lived' }).click()
  const settings = page.getByRole('region', { name: 'Settings' })
  expect(await settings.innerText()).toMatch(
    /All Customers[\s\S]* by \S[\s\S]*Accepted from[\s\S]*Last used[\s\S]*requests a minute/,
  )

  await page.getByRole('button', { name: 'Disable' }).click()
  await dialog().getByRole('button', { name: 'Disable' }).click()
  await page.getByRole('button', { name: 'Enable' }).waitFor()
  expect((await organizationsOf(portal.server, key)).status).toBe(401)
  await page.getByRole('link', { name: 'API', exact: true }).first().click()
  const notValid = page.getByRole('table', { name: 'Disabled, expired and reported keys' })
  expect(await notValid.getByRole('row', { name: 'Short lived' }).innerText()).toContain('Disabled')

  await notValid.getByRole('link', { name: 'Short lived' }).click()
  await page.getByRole('button', { name: 'Enable' }).click()
  await page.getByRole('button', { name: 'Disable' }).waitFor()
  expect((await organizationsOf(portal.server, key)).status).toBe(200)
  await page.getByRole('button', { name: 'Rename' }).click()
  await dialog().getByLabel('Name').fill('Renamed')
  await dialog().getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: 'Renamed' }).waitFor()

  await page.getByRole('button', { name: 'Delete' }).click()
  expect(await dialog().innerText()).toMatch(/“Renamed”[\s\S]*refused at once[\s\S]*cannot be undone/)
  await dialog().getByRole('button', { name: 'Delete key' }).click()
  await page.getByRole('heading', { name: 'API', level: 1 }).waitFor()
  await page.getByText('The key “Renamed” is deleted.').waitFor()
  expect(await page.getByRole('link', { name: 'Renamed' }).count()).toBe(0)
  expect((await organizationsOf(portal.server, key)).status).toBe(401)
})

test('a key is generated with the keyboard alone, and the focus comes back to where it was', async () => {
  const opener = page.getByRole('button', { name: 'Generate new API key' })
  await opener.focus()
  await page.keyboard.press('Enter')
  await dialog().getByLabel('Name').waitFor()
  await expect
    .poll(() =>
      dialog()
        .getByLabel('Name')
        .evaluate((field) => field === document.activeElement),
    )
    .toBe(true)
  await page.keyboard.type('By keyboard')
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowDown')
  expect(await dialog().getByLabel('All Customers').isChecked()).toBe(true)
  // Expiry, networks, Cancel, Generate key.
  for (let tabs = 0; tabs < 4; tabs += 1) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const copy = dialog().getByRole('button', { name: 'Copy', exact: true })
  await expect.poll(() => copy.evaluate((button) => button === document.activeElement)).toBe(true)
  await page.keyboard.press('Enter')
  await dialog().getByRole('button', { name: 'Copied' }).waitFor()
  for (let tabs = 0; tabs < 12; tabs += 1) {
    await page.keyboard.press('Tab')
    expect(await dialog().evaluate((element) => element.contains(document.activeElement))).toBe(true)
  }
  await page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'detached' })
  await expect.poll(() => opener.evaluate((button) => button === document.activeElement)).toBe(true)
  await page.getByRole('link', { name: 'By keyboard' }).waitFor()
})

test('a new key’s programs in curl, TypeScript and Python work as they stand', async () => {
  const key = await generate('First steps', () => dialog().getByLabel('Demo').check())
  const directory = mkdtempSync(join(tmpdir(), 'assent-snippets-'))
  const programs = {
    curl: ['sh', 'organizations.sh'],
    TypeScript: [process.execPath, 'organizations.mts'],
    Python: ['python3', 'organizations.py'],
  }
  for (const [language, [program = '', file = '']] of Object.entries(programs)) {
    await dialog().getByText(language, { exact: true }).click()
    const figure = dialog().getByRole('figure')
    await figure.getByText(language === 'curl' ? 'Try it in a terminal' : `Save as ${file}`).waitFor()
    const text = await figure.locator('pre').innerText()
    expect(text).toContain(key)
    writeFileSync(join(directory, file), text)
    const { stdout } = await promisify(execFile)(program, [file], { cwd: directory })
    expect([language, stdout]).toEqual([language, expect.stringContaining('Demo')])
  }
  rmSync(directory, { recursive: true })
  await dialog().getByRole('button', { name: 'Done' }).click()
  await dialog().getByRole('button', { name: 'Close anyway' }).click()
})

test('a key is narrowed to some customers, some networks and an end, and then rotated', async () => {
  const key = await generate('To be narrowed', async () => {
    await dialog().getByLabel('All Customers').check()
    await dialog().getByLabel('Allowed networks').fill('the office')
    await dialog().getByRole('button', { name: 'Generate key' }).click()
    await dialog().getByText('“the” is not a network.', { exact: false }).waitFor()
    await dialog().getByLabel('Allowed networks').fill('')
  })
  await dialog().getByRole('button', { name: 'Copy', exact: true }).click()
  await dialog().getByRole('button', { name: 'Done' }).click()
  await page.getByRole('link', { name: 'To be narrowed' }).click()
  await page.getByRole('button', { name: 'Narrow' }).click()
  await dialog().getByLabel('Only some customers').check()
  await dialog().getByLabel(portal.organization('no consent').label).check()
  await dialog().getByLabel('Expires').selectOption('90')
  await dialog().getByLabel('Allowed networks').fill('127.0.0.0/8\n::1')
  await dialog().getByRole('button', { name: 'Narrow key' }).click()
  await dialog().waitFor({ state: 'detached' })
  await page.getByText('127.0.0.0/8, ::1/128').waitFor()
  await page.getByText('Specific Customers').waitFor()
  expect(await organizationsOf(portal.server, key)).toEqual({ status: 200, ids: [] })

  await page.getByRole('button', { name: 'Narrow' }).click()
  await dialog().getByLabel('Allowed networks').fill('')
  await dialog().getByRole('button', { name: 'Narrow key' }).click()
  await dialog().getByText('A key is never widened').waitFor()
  await dialog().getByRole('button', { name: 'Cancel' }).click()

  await page.getByRole('button', { name: 'Rotate' }).click()
  await dialog().getByLabel('The old key is accepted for').selectOption('1')
  await dialog().getByRole('button', { name: 'Make new key' }).click()
  const successor = await dialog().getByRole('group', { name: 'New API key' }).locator('code').innerText()
  await dialog().getByRole('button', { name: 'Copy', exact: true }).click()
  await dialog().getByRole('button', { name: 'Done' }).click()
  await page.getByText('Replaced by').waitFor()
  for (const one of [key, successor]) expect((await organizationsOf(portal.server, one)).status).toBe(200)
  await page.getByRole('link', { name: 'API', exact: true }).first().click()
  const row = page.getByRole('table', { name: 'Valid keys' }).getByRole('row', { name: 'To be narrowed' })
  await row.getByText(`Replaces …_${key.slice('ak_live_'.length).slice(0, 12)}`).waitFor()
})

test('whoever finds a key reports it without an account, and its page says so', async () => {
  const key = await generate('Left in a repository', () => dialog().getByLabel('All Customers').check())
  await dialog().getByRole('button', { name: 'Copy', exact: true }).click()
  await dialog().getByRole('button', { name: 'Done' }).click()
  const finder = await portal.visit()
  await finder.goto('/sign-in')
  await finder.getByRole('link', { name: 'Report a key that you found' }).click()
  await finder.getByRole('button', { name: 'Report key' }).click()
  await finder.getByText('Paste the key as you found it.').waitFor()
  await finder.getByLabel('The key').fill(key)
  await finder.getByRole('button', { name: 'Report key' }).click()
  await finder.getByRole('heading', { name: 'Thank you' }).waitFor()
  expect((await organizationsOf(portal.server, key)).status).toBe(401)

  await page.reload()
  await page.getByRole('link', { name: 'Report it, and it is refused at once' }).waitFor()
  const table = page.getByRole('table', { name: 'Disabled, expired and reported keys' })
  expect(await table.getByRole('row', { name: 'Left in a repository' }).innerText()).toContain('Reported')
  await table.getByRole('link', { name: 'Left in a repository' }).click()
  await page.getByRole('alert').getByText('It is refused for good', { exact: false }).waitFor()
  expect(await page.getByRole('button', { name: 'Enable' }).count()).toBe(0)
  await page.getByRole('link', { name: 'API', exact: true }).first().click()
})

test('a customer’s keys read its own data, or with the box checked the demo data', async () => {
  page = await portal.signedIn('valid')
  await page.getByRole('link', { name: 'API', exact: true }).click()
  const own = await generate('Ours', async () => undefined)
  await dialog().getByRole('button', { name: 'Copy', exact: true }).click()
  await dialog().getByRole('button', { name: 'Done' }).click()
  const demo = await generate('Trying', () => dialog().getByLabel('This is a demo key for testing purposes').check())
  expect(own).toMatch(/^ak_live_/)
  expect(demo).toMatch(/^ak_demo_/)
  expect(await organizationsOf(portal.server, own)).toEqual({ status: 200, ids: [portal.organization('valid').id] })
  const { ids } = await organizationsOf(portal.server, demo)
  expect(ids).toHaveLength(1)
  expect(ids).not.toContain(portal.organization('valid').id)
})
