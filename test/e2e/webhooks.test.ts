import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { expectNoBarriers } from './barriers.ts'
import { focused } from './keyboard.ts'
import { openPortal, type Portal } from './portal.ts'

let portal: Portal
let page: Page
let hook: Receiver
beforeAll(async () => {
  hook = await startReceiver()
  portal = await openPortal({ flags: ['--inside-addresses', '127.0.0.1'] })
  page = await portal.signedIn('partner', { permissions: ['clipboard-read', 'clipboard-write'] })
  await page.getByRole('link', { name: 'Webhooks', exact: true }).click()
  await page.getByText('No webhooks yet').waitFor()
})
afterAll(async () => {
  await portal?.close()
  await hook?.close()
})

const dialog = () => page.getByRole('dialog')

test('a webhook is added, its secret shown this once, and a test event shows whether the receiver takes it', async () => {
  await page.getByRole('button', { name: 'Add webhook' }).click()
  await dialog().getByRole('button', { name: 'Add webhook' }).click()
  await dialog().getByText('Give the webhook a name.').waitFor()
  await dialog().getByLabel('Name', { exact: true }).fill('Night desk')
  await dialog().getByLabel('Address').fill(`${hook.url}/desk`)
  await expectNoBarriers(page)
  await dialog().getByRole('button', { name: 'Add webhook' }).click()
  const secret = await dialog().getByRole('group', { name: 'Signing secret' }).locator('code').innerText()
  expect(secret).toMatch(/^whsec_/)
  await dialog().getByRole('button', { name: 'Copy', exact: true }).click()
  await dialog().getByRole('button', { name: 'Done' }).click()
  await dialog().waitFor({ state: 'detached' })
  expect(await page.content()).not.toContain(secret)

  await page.getByRole('link', { name: 'Night desk' }).click()
  await page.getByRole('heading', { name: 'Night desk' }).waitFor()
  await page.getByRole('button', { name: 'Send test event' }).click()
  await hook.got('the test', (received) => received.length === 1)
  const row = page.getByRole('table', { name: 'Deliveries' }).getByRole('row', { name: 'Test' })
  await row.getByText('Delivered').waitFor()
  await expectNoBarriers(page)
  await row.getByRole('button', { name: 'Details of Test' }).click()
  await dialog().getByText('webhook.test').waitFor()
  await expectNoBarriers(page)
  await dialog().getByRole('button', { name: 'Send again' }).click()
  await hook.got('the test again', (received) => received.length === 2)
})

test('a webhook with a public key is added for the locations of chosen customers, and its page says so', async () => {
  const { label } = portal.organization('valid')
  await page.getByRole('link', { name: 'Webhooks', exact: true }).first().click()
  await page.getByRole('button', { name: 'Add webhook' }).click()
  await dialog().getByLabel('Name', { exact: true }).fill('One room')
  await dialog().getByLabel('Address').fill(hook.url)
  await dialog().getByLabel('Format').selectOption({ label: 'Signed events (Standard Webhooks), with a public key' })
  await dialog().getByLabel('Of', { exact: true }).selectOption({ label: 'Chosen customers' })
  await dialog().getByRole('group', { name: 'Customers' }).getByRole('checkbox', { name: label }).click()
  await dialog().getByLabel('Of devices').selectOption({ label: 'In chosen locations' })
  await dialog().getByRole('button', { name: 'Add webhook' }).click()
  await dialog().getByText('Choose at least one location, or anywhere.').waitFor()
  const locations = dialog().getByRole('group', { name: 'Locations' })
  await focused(locations)
  await locations.getByRole('checkbox').first().click()
  await locations.getByText('1 location chosen').waitFor()
  await expectNoBarriers(page)
  await dialog().getByRole('button', { name: 'Add webhook' }).click()
  await page.getByRole('link', { name: 'One room' }).click()
  await page.getByText('whpk_', { exact: false }).waitFor()
  await page.getByText('1 location chosen').waitFor()
  await page.getByRole('definition').filter({ hasText: label }).waitFor()
  await expectNoBarriers(page)
})

test('what a webhook tells is changed in a form that begins with what it has: kinds, severities, customers, locations', async () => {
  const facts = () => page.getByRole('definition').allInnerTexts()
  const { label } = portal.organization('valid')
  await page.getByRole('button', { name: 'Edit' }).click()
  await dialog().getByText('1 location chosen').waitFor()
  expect(await dialog().getByRole('group', { name: 'Customers' }).getByRole('checkbox', { name: label }).isChecked()).toBe(true)
  expect(await dialog().getByLabel('Format').count()).toBe(0)
  await expectNoBarriers(page)
  const kind = (name: string) => dialog().getByRole('checkbox', { name, exact: true })
  const kinds = ['Alarm activated', 'Alarm updated', 'Alarm cleared']
  for (const name of kinds) await kind(name).click()
  await dialog().getByRole('button', { name: 'Save' }).click()
  await dialog().getByText('Choose at least one.', { exact: true }).waitFor()
  await focused(dialog().getByRole('group', { name: 'Tell of' }).getByRole('checkbox').first())
  for (const name of ['Alarm activated', 'Alarm cleared']) await kind(name).click()
  await dialog().getByRole('checkbox', { name: 'CRITICAL' }).click()
  await dialog().getByLabel('Of devices').selectOption({ label: 'Anywhere' })
  await dialog().getByLabel('Name', { exact: true }).fill('All rooms')
  await dialog().getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { level: 1, name: 'All rooms' }).waitFor()
  await expect.poll(facts).toEqual(expect.arrayContaining([label, 'Alarm activated, Alarm cleared', 'CRITICAL']))
  expect(await facts()).not.toContain('1 location chosen')

  await page.getByRole('button', { name: 'Edit' }).click()
  await dialog().getByRole('checkbox', { name: 'CRITICAL' }).click()
  await dialog().getByLabel('Of', { exact: true }).selectOption({ label: 'All customers' })
  await dialog().getByRole('button', { name: 'Save' }).click()
  await dialog().waitFor({ state: 'detached' })
  await expect.poll(facts).not.toContain(label)
  expect(await facts()).not.toContain('CRITICAL')
  await page.getByRole('button', { name: 'Delete' }).click()
  await dialog().getByRole('button', { name: 'Delete webhook' }).click()
  await page.getByRole('link', { name: 'Night desk' }).click()
  await page.getByRole('heading', { name: 'Night desk' }).waitFor()
})

test('a webhook is disabled and deleted, each after a question that says what it does', async () => {
  await page.getByRole('button', { name: 'Disable' }).click()
  await dialog().getByRole('button', { name: 'Disable' }).click()
  await page.getByRole('button', { name: 'Enable' }).waitFor()
  await page.getByRole('button', { name: 'Delete' }).click()
  await dialog().getByText('what waits is thrown away', { exact: false }).waitFor()
  await dialog().getByRole('button', { name: 'Delete webhook' }).click()
  await page.getByText('No webhooks yet').waitFor()
  await expectNoBarriers(page)
})
