import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Portal } from './portal.ts'

/** A page as it is looked at. */
export interface View {
  name: string
  who: Parameters<Portal['signedIn']>[0] | null
  path: string
  /** What to open on the page. */
  open?: (page: Page) => Promise<void>
}

export const click = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).click()

/** Opens the device of the list that has a sensor of each kind. */
export async function openDevice(page: Page): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search the inventory' }).fill('UPS A, Electrical Room')
  await page.getByRole('link', { name: 'UPS A, Electrical Room' }).click()
  await page
    .getByRole('table', { name: /^Sensors/ })
    .getByRole('cell', { name: /^(Online|Bypass)$/ })
    .waitFor()
  await expect.poll(() => page.locator('canvas').count()).toBe(8)
}

/** Opens the first alarm of the list. */
export async function openAlarm(page: Page): Promise<void> {
  await page.getByRole('table').first().getByRole('link').first().click()
  await page.getByRole('table', { name: 'States of this alarm' }).waitFor()
}

/** A partner's pages about customers and keys, and where whoever finds a key reports it. */
export function partnerViews(portal: () => Portal): View[] {
  const openOfValid = async (page: Page, place: string, title: string) => {
    await page.goto(`/customers/${portal().organization('valid').id}/${place}`)
    await page.getByRole('heading', { name: title, level: 1 }).waitFor()
    await expect.poll(() => page.locator('[aria-busy="true"]').count()).toBe(0)
  }
  return [
    { name: 'report-key', who: null, path: '/report-key', open: click('Report key') },
    { name: 'overview-partner', who: 'partner', path: '/overview' },
    { name: 'customers', who: 'partner', path: '/customers' },
    {
      name: 'customer',
      who: 'partner',
      path: '/customers',
      open: async (page) => {
        await page.getByRole('link', { name: portal().organization('no active subscription').label, exact: true }).click()
        await page.getByRole('region', { name: 'About' }).waitFor()
      },
    },
    {
      name: 'customer-valid',
      who: 'partner',
      path: '/customers',
      open: async (page) => {
        await page.getByRole('link', { name: portal().organization('valid').label, exact: true }).click()
        await page.getByRole('region', { name: 'Alarms' }).getByRole('table').first().waitFor()
        await expect.poll(() => page.locator('[aria-busy="true"]').count()).toBe(0)
      },
    },
    {
      name: 'customer-devices',
      who: 'partner',
      path: '/customers',
      open: async (page) => {
        await openOfValid(page, 'devices', 'Inventory')
        await page.getByRole('tree').waitFor()
      },
    },
    {
      name: 'customer-device',
      who: 'partner',
      path: '/customers',
      open: async (page) => {
        await openOfValid(page, 'devices', 'Inventory')
        await openDevice(page)
      },
    },
    { name: 'customer-alarms', who: 'partner', path: '/customers', open: (page) => openOfValid(page, 'alarms', 'Alarms') },
    {
      name: 'customer-alarm',
      who: 'partner',
      path: '/customers',
      open: async (page) => {
        await openOfValid(page, 'alarms', 'Alarms')
        await openAlarm(page)
      },
    },
    { name: 'keys', who: 'partner', path: '/administration/api' },
    {
      name: 'add-webhook',
      who: 'partner',
      path: '/administration/webhooks',
      open: async (page) => {
        await click('Add webhook')(page)
        await page.getByLabel('Of', { exact: true }).selectOption({ label: 'Chosen customers' })
        await page.getByRole('checkbox', { name: portal().organization('valid').label }).click()
        await page.getByLabel('Of devices').selectOption({ label: 'In chosen locations' })
        await page.getByText('0 locations chosen').waitFor()
      },
    },
    {
      name: 'webhook',
      who: 'partner',
      path: '/administration/webhooks',
      open: async (page) => {
        if (await page.getByText('No webhooks yet').isVisible()) {
          await click('Add webhook')(page)
          const dialog = page.getByRole('dialog')
          await dialog.getByLabel('Name', { exact: true }).fill('Night desk')
          await dialog.getByLabel('Address').fill('https://10.1.2.3/desk')
          await dialog.getByRole('button', { name: 'Add webhook' }).click()
          await dialog.getByRole('button', { name: 'Copy', exact: true }).click()
          await dialog.getByRole('button', { name: 'Done' }).click()
        }
        await page.getByRole('link', { name: 'Night desk' }).click()
        await click('Send test event')(page)
        await page.getByRole('table', { name: 'Deliveries' }).waitFor()
      },
    },
    {
      name: 'generate-key',
      who: 'partner',
      path: '/administration/api',
      open: async (page) => {
        await click('Generate new API key')(page)
        await page.getByLabel('Specific Customers').check()
        await page.getByRole('button', { name: 'Generate key' }).click()
        await page.getByText('2 customers chosen').or(page.getByText('0 customers chosen')).waitFor()
      },
    },
    {
      name: 'key',
      who: 'partner',
      path: '/administration/api',
      open: async (page) => {
        await page.getByRole('link', { name: 'Reports, chosen customers' }).click()
        await page.getByRole('table').waitFor()
      },
    },
    {
      name: 'narrow-key',
      who: 'partner',
      path: '/administration/api',
      open: async (page) => {
        await page.getByRole('link', { name: 'Monitoring' }).first().click()
        await click('Narrow')(page)
        await page.getByLabel('Allowed networks').waitFor()
      },
    },
    {
      name: 'rotate-key',
      who: 'partner',
      path: '/administration/api',
      open: async (page) => {
        await page.getByRole('link', { name: 'Monitoring' }).first().click()
        await click('Rotate')(page)
        await page.getByRole('button', { name: 'Make new key' }).click()
        await page.getByRole('figure').waitFor()
      },
    },
    {
      name: 'delete-key',
      who: 'partner',
      path: '/administration/api',
      open: (page) => page.getByRole('button', { name: 'Delete Trying things out' }).click(),
    },
  ]
}
