import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrived } from './people.ts'
import { openPortal, organizationsOf, type Portal, signIn } from './portal.ts'

let portal: Portal
let page: Page

beforeAll(async () => {
  portal = await openPortal({ mail: true })
  page = await portal.signedIn('partner')
})
afterAll(async () => {
  await portal?.close()
})

const dialog = () => page.getByRole('dialog')
const row = (name: string) => page.getByRole('table', { name: 'Customers' }).getByRole('row', { name })

test('a partner asks for consent, and the mail leads the customer to its checkbox; then it is valid', async () => {
  const { label } = portal.organization('no consent')
  await page.goto('/customers')
  expect(await row(label).innerText()).toMatch(/No consent[\s\S]*Changed/)
  await page.getByRole('button', { name: `Ask for consent: ${label}` }).click()
  expect(await dialog().innerText()).toMatch(/They decide, and may do nothing[\s\S]*after a week/)
  await dialog().getByRole('button', { name: 'Send mail' }).click()
  await row(label).getByText('Asked', { exact: false }).waitFor()
  expect(await page.getByRole('button', { name: `Ask for consent: ${label}` }).count()).toBe(0)

  const person = portal.person('no consent')
  const [link] = (await arrived(portal, person.email, 'asks to read your device data')).links
  const customer = await portal.visit()
  await customer.goto(link as string)
  await signIn(customer, person)
  await customer.getByText(/asked for your consent on/).waitFor()
  await customer.getByRole('checkbox', { name: 'Allow API access to device data' }).click()
  await customer.getByText('Saved. Access is allowed.').waitFor()

  await row(label).getByRole('link', { name: label, exact: true }).click()
  await page.getByRole('heading', { name: label, level: 1 }).waitFor()
  await page.getByText('Valid', { exact: true }).waitFor()
  await page.getByRole('region', { name: 'Alarms' }).getByRole('radio', { name: 'Past' }).waitFor({ state: 'attached' })
  await page.getByRole('link', { name: 'Inventory' }).click()
  await page.getByRole('heading', { name: 'Inventory', level: 1 }).waitFor()
  await page.getByText(`What gateways of ${label} have found`).waitFor()
  await page.getByRole('link', { name: label, exact: true }).click()
  await page.getByRole('heading', { name: label, level: 1 }).waitFor()
})

test('a customer that is not valid shows why and no data, and one that is not connected is not there', async () => {
  const { id } = portal.organization('no active subscription')
  await page.goto(`/customers/${id}`)
  await page.getByText('Nothing is read of this customer now').waitFor()
  expect(await page.getByRole('region', { name: 'About' }).innerText()).toMatch(
    /No active subscription[\s\S]*Consent outlives that[\s\S]*Subscription ended/,
  )
  expect(await page.getByRole('button', { name: 'Ask for consent' }).count()).toBe(0)
  await page.goto(`/customers/${portal.organization('not connected').id}`)
  await page.getByRole('heading', { name: 'Page not found' }).waitFor()
})

test('an organization’s id is copied where it stands, and is its address; times are the viewer’s, the exact one on hover', async () => {
  const { id, label } = portal.organization('valid')
  const permissions = { permissions: ['clipboard-read', 'clipboard-write'], timezoneId: 'Asia/Tokyo' }
  const customer = await portal.signedIn('valid', permissions)
  await customer.getByRole('button', { name: 'Copy the organization ID' }).click()
  await expect.poll(() => customer.evaluate(() => navigator.clipboard.readText())).toBe(id)
  const reader = await portal.signedIn('partner', permissions, '/customers')
  await reader.getByRole('searchbox').fill(id)
  await expect.poll(() => reader.getByRole('table', { name: 'Customers' }).getByRole('row').count()).toBe(2)
  await reader.getByRole('link', { name: label, exact: true }).click()
  await reader.getByRole('heading', { name: label, level: 1 }).waitFor()
  expect(new URL(reader.url()).pathname).toBe(`/customers/${id}`)
  const about = reader.getByRole('region', { name: 'About' })
  expect(await about.locator('time').first().getAttribute('title')).toMatch(/day,? \d+ \w+ \d{4} at \d\d:\d\d:\d\d (GMT\+9|JST)$/)
})

test('on a large screen text keeps its width, and tables take the room', async () => {
  const reader = await portal.signedIn('partner', { viewport: { width: 3840, height: 2160 } }, '/customers')
  const widthOf = async (part: Locator) => (await part.boundingBox())?.width ?? 0
  const table = reader.getByRole('table', { name: 'Customers' })
  await table.waitFor()
  expect(await widthOf(table)).toBeGreaterThan(1800)
  expect(await widthOf(reader.getByText('The customers connected to your company.', { exact: false }))).toBeLessThan(800)
})

test('a page whose answer is long in coming says so, and shows it when it comes', async () => {
  const reader = await portal.signedIn('partner')
  const held = Promise.withResolvers<void>()
  await reader.route('**/api/v1/customers', async (route) => {
    await held.promise
    await route.continue()
  })
  await reader.goto('/customers')
  await reader.getByRole('heading', { name: 'Customers', level: 1 }).waitFor()
  await reader.locator('[aria-busy="true"]').getByRole('status').getByText('Loading…').waitFor({ state: 'attached' })
  expect(await reader.getByRole('table', { name: 'Customers' }).count()).toBe(0)
  held.resolve()
  await reader.getByRole('table', { name: 'Customers' }).waitFor()
  await expect.poll(() => reader.locator('[aria-busy="true"]').count()).toBe(0)
})

test('the list of customers is taken away as a table', async () => {
  await page.goto('/customers')
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export CSV' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^customers-.*\.csv$/)
  const lines = readFileSync(await download.path(), 'utf8').split('\r\n')
  expect(lines.find((line) => line.startsWith(portal.organization('valid').id))).toMatch(/,valid,,/)
})

test('a partner’s first page tells how many customers are read, what changed, how its keys are used, and which are about to expire', async () => {
  const { id, label } = portal.organization('valid')
  await page.goto('/administration/api')
  await page.getByRole('button', { name: 'Generate new API key' }).click()
  await dialog().getByLabel('Name').fill('Ends soon')
  await dialog().getByLabel('All Customers').check()
  await dialog().getByLabel('Expires').selectOption('date')
  await dialog()
    .getByLabel('Last day')
    .fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10))
  await dialog().getByRole('button', { name: 'Generate key' }).click()
  const key = await dialog().getByRole('group', { name: 'New API key' }).locator('code').innerText()
  expect((await organizationsOf(portal.server, key)).status).toBe(200)
  const customer = await portal.signedIn('valid')
  await customer.goto('/administration/subscriptions')
  await customer.getByRole('checkbox', { name: 'Allow API access to device data' }).click()
  await customer.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
  await customer.getByText('Saved.', { exact: false }).waitFor()

  await page.goto('/')
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  await page.getByText(/^\d of 3 customers are valid$/).waitFor()
  await page.getByRole('table', { name: 'Keys about to expire' }).getByRole('link', { name: 'Ends soon' }).waitFor()
  const change = page.getByRole('table', { name: 'Changes of coverage' }).getByRole('row', { name: label })
  await change.filter({ hasText: 'Consent ended' }).waitFor()
  await expect
    .poll(async () => {
      await page.reload()
      await page
        .getByRole('region', { name: 'Usage' })
        .getByText(/request|Not used/)
        .first()
        .waitFor({ timeout: 10_000 })
      return page.getByRole('region', { name: 'Usage' }).innerText()
    })
    .toMatch(/[1-9]\d* requests?, \d+ of them errors/)
  await page.getByRole('img', { name: /^Requests a day/ }).waitFor()
  await change.first().getByRole('link', { name: label }).click()
  await expect.poll(() => page.url()).toContain(`/customers/${id}`)
})
