import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPortal, type Portal } from './portal.ts'

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})
afterAll(async () => {
  await portal?.close()
})

const onlyAdministrators = 'Only administrators of your company can change this.'

/** A window in which a new viewer of the company has set up the account, by a link that the vendor makes in the portal. */
async function viewerOf(company: string): Promise<Page> {
  const vendor = await portal.signedIn('vendor')
  await vendor.getByRole('link', { name: company }).click()
  await vendor.getByRole('button', { name: 'Create set-up link' }).click()
  const dialog = vendor.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Role' }).selectOption('Viewer')
  await dialog.getByLabel('Email').fill(`viewer@${company.toLowerCase().replace(/\W+/g, '')}.example`)
  await dialog.getByRole('button', { name: 'Create link' }).click()
  const link = new URL(await vendor.getByRole('group', { name: 'Set-up link' }).locator('code').innerText())
  await vendor.context().close()

  const page = await portal.visit()
  await page.goto(link.pathname + link.hash)
  await page.getByLabel('Your name').fill('Vera Example')
  await page.getByLabel('Password').fill('four quiet words here')
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('button', { name: /^Vera Example.*account menu$/ }).waitFor()
  return page
}

/** The buttons of a page's content, without those that copy, and those that sort a table. */
async function buttonsOn(page: Page, path: string, heading: string): Promise<string[]> {
  await page.goto(path)
  await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
  await expect.poll(() => page.locator('[aria-busy="true"]').count()).toBe(0)
  const names = await page.getByRole('main').locator('button:not([role="columnheader"] *, th *)').allInnerTexts()
  return names.filter((name) => !/^(Copy|$)/.test(name.trim()))
}

/** What the page's own session is answered where it does not ask by the page, as a program of somebody who knows the API would. */
function answeredTo(page: Page, method: string, path: string, body?: object): Promise<number> {
  const sent = { method, path: `/api/v1${path}`, body: body && JSON.stringify(body) }
  return page.evaluate(async (given) => {
    const headers = given.body === undefined ? {} : { 'content-type': 'application/json' }
    return (await fetch(given.path, { method: given.method, headers, ...(given.body && { body: given.body }) })).status
  }, sent)
}

test('a viewer of a partner sees customers and keys, and can neither generate nor delete one', async () => {
  const page = await viewerOf(portal.person('partner').company)
  await page.getByRole('row', { name: portal.organization('valid').label }).waitFor()
  expect(await buttonsOn(page, '/administration/api', 'API')).toEqual([])
  const administrator = await portal.signedIn('partner')
  expect(await buttonsOn(administrator, '/administration/api', 'API')).toContain('Generate new API key')
  await page.getByText(onlyAdministrators).waitFor()
  await page.getByRole('link', { name: 'Trying things out' }).click()
  await page.getByRole('heading', { name: 'Trying things out' }).waitFor()
  expect(await page.getByRole('button', { name: /Delete|Disable|Rename/ }).count()).toBe(0)

  expect(await answeredTo(page, 'GET', '/keys')).toBe(200)
  expect(await answeredTo(page, 'POST', '/keys', { name: 'Mine', kind: 'all' })).toBe(403)
  expect(await answeredTo(page, 'GET', '/acts')).toBe(403)
})

test('a viewer of a customer sees subscription, consent and gateways, and cannot touch them', async () => {
  const page = await viewerOf(portal.organization('valid').label)
  await page.getByRole('link', { name: 'Subscriptions' }).click()
  await page.getByRole('heading', { name: 'Subscriptions', level: 1 }).waitFor()
  const box = page.getByRole('checkbox', { name: 'Allow API access to device data' })
  await box.waitFor()
  expect([await box.isChecked(), await box.isDisabled()]).toEqual([true, true])
  await page.getByText(onlyAdministrators).first().waitFor()
  expect(await buttonsOn(page, '/administration/gateways', 'Gateways')).toEqual([])
  await page.getByText(onlyAdministrators).waitFor()
  expect(await buttonsOn(page, '/administration/api', 'API')).toEqual([])

  expect(await answeredTo(page, 'GET', '/gateways')).toBe(200)
  expect(await answeredTo(page, 'POST', '/gateways', { name: 'Mine' })).toBe(403)
  const { partners } = await page.evaluate(async () => (await fetch('/api/v1/partners')).json())
  expect(await answeredTo(page, 'DELETE', `/partnerships/${partners[0].partnershipId}/consent`)).toBe(403)
  await page.goto('/administration/subscriptions')
  await box.waitFor()
  expect(await box.isChecked()).toBe(true)
})
