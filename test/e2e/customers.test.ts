import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailsTo } from '../support/mailed.ts'
import { openPortal, type Portal, signIn } from './portal.ts'

let portal: Portal
let page: Page

beforeAll(async () => {
  portal = await openPortal()
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
  expect(await row(label).innerText()).toMatch(/No consent[\s\S]*Since/)
  await page.getByRole('button', { name: `Ask for consent: ${label}` }).click()
  expect(await dialog().innerText()).toMatch(/They decide, and may do nothing[\s\S]*after a week/)
  await dialog().getByRole('button', { name: 'Send mail' }).click()
  await row(label).getByText('Asked', { exact: false }).waitFor()
  expect(await page.getByRole('button', { name: `Ask for consent: ${label}` }).count()).toBe(0)

  const person = portal.person('no consent')
  const mail = (await mailsTo(portal.server, person.email)).find(({ message }) => message === 'consent-requested')
  const customer = await portal.visit()
  await customer.goto(mail?.link as string)
  await signIn(customer, person)
  await customer.getByRole('checkbox', { name: 'Allow API access to device data' }).click()
  await customer.getByText('Saved. Access is allowed.').waitFor()

  await row(label).getByRole('link', { name: label, exact: true }).click()
  await page.getByRole('heading', { name: label, level: 1 }).waitFor()
  await page.getByText('Valid', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'Inventory' }).click()
  await page.getByRole('heading', { name: 'Devices', level: 1 }).waitFor()
  await page.getByRole('link', { name: 'Customer', exact: true }).click()
  await page.getByRole('heading', { name: label, level: 1 }).waitFor()
})

test('a customer that is not valid shows why and no data, and one that is not connected is not there', async () => {
  const { id } = portal.organization('no active subscription')
  await page.goto(`/customers/${id}`)
  await page.getByText('Nothing is read of this customer now').waitFor()
  expect(await page.getByRole('region', { name: 'About' }).innerText()).toMatch(
    /No active subscription[\s\S]*Consent outlives that/,
  )
  expect(await page.getByRole('button', { name: 'Ask for consent' }).count()).toBe(0)
  await page.goto(`/customers/${portal.organization('not connected').id}`)
  await page.getByRole('heading', { name: 'Page not found' }).waitFor()
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
