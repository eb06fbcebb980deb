import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Door } from '../support/door.ts'
import { barriers } from './barriers.ts'
import { openPortal, type Portal, signIn } from './portal.ts'

let portal: Portal
let vendor: Page
let partner: Page

beforeAll(async () => {
  portal = await openPortal()
  vendor = await portal.signedIn('vendor')
  partner = await portal.signedIn('partner', { permissions: ['clipboard-read', 'clipboard-write'] })
})
afterAll(async () => {
  await portal?.close()
})

const dialog = () => vendor.getByRole('dialog')

async function partnersRow(label: string): Promise<string> {
  await partner.goto('/customers')
  return partner.getByRole('row', { name: label }).innerText()
}

test('the partner sees which customers are valid, why others are not, and finds one by name or id', async () => {
  const valid = portal.organization('valid')
  expect(await partnersRow(valid.label)).toMatch(/Valid[\s\S]*locations and devices; alarms; sensors and what they measure/)
  expect(await partnersRow(portal.organization('no consent').label)).toMatch(/No consent[\s\S]*has not allowed API access/)
  expect(await partnersRow(portal.organization('no active subscription').label)).toMatch(/No active subscription[\s\S]*run out/)
  expect(await partner.getByText(portal.organization('not connected').label).count()).toBe(0)

  await partner.getByLabel('Search customers').fill(valid.id.slice(0, 13))
  await partner.getByText('1 found').waitFor()
  await partner.getByRole('button', { name: `Copy the organization id of ${valid.label}` }).click()
  await expect.poll(() => partner.evaluate(() => navigator.clipboard.readText())).toBe(valid.id)
  await partner.getByLabel('Search customers').fill('no such customer')
  await partner.getByText('No customer matches').waitFor()
  const text = partner.getByText('Only customers that are connected to your company are listed')
  const id = (await text.innerText()).match(/your Partner ID, ([A-Z\d_]+),/)?.[1]
  await partner.getByRole('link', { name: 'Overview' }).click()
  await partner.getByRole('button', { name: 'Copy the Partner ID' }).click()
  await expect.poll(() => partner.evaluate(() => navigator.clipboard.readText())).toBe(id)
})

test('the vendor makes a customer, starts its subscription and connects it, and the partner sees it at once', async () => {
  await vendor.goto('/companies')
  await vendor.getByRole('button', { name: 'Create company' }).click()
  await dialog().getByRole('button', { name: 'Create company' }).click()
  await dialog().getByText('Enter the name of the company.').waitFor()
  await dialog().getByLabel('Name').fill('Harrowgate Mills')
  await dialog().getByLabel('Contact email').fill('office@harrowgate.example')
  await dialog().getByRole('button', { name: 'Create company' }).click()
  await vendor.getByRole('heading', { name: 'Harrowgate Mills' }).waitFor()

  await vendor.getByRole('button', { name: 'Start subscription' }).click()
  await dialog().getByRole('button', { name: 'Start subscription' }).click()
  await vendor.getByRole('row', { name: 'Paid' }).waitFor()
  await vendor.getByRole('button', { name: 'Connect partner' }).click()
  await dialog().getByLabel('Partner ID').fill('NOBODY_AT_ALL')
  await dialog().getByRole('button', { name: 'Connect' }).click()
  await dialog().getByRole('alert').waitFor()
  await dialog()
    .getByLabel('Partner ID')
    .fill(
      portal
        .person('partner')
        .company.toUpperCase()
        .replaceAll(/[^A-Z0-9]+/g, '_'),
    )
  await dialog().getByRole('button', { name: 'Connect' }).click()
  await vendor.getByRole('row', { name: portal.person('partner').company }).waitFor()
  expect(await partnersRow('Harrowgate Mills')).toContain('No consent')

  await vendor.getByRole('button', { name: `Disconnect ${portal.person('partner').company}` }).click()
  expect(await dialog().innerText()).toMatch(/consent ends with the connection/)
  await dialog().getByRole('button', { name: 'Disconnect' }).click()
  await vendor.getByText('Not connected to a partner').waitFor()
  await partner.goto('/customers')
  await partner.getByRole('row', { name: portal.organization('valid').label }).waitFor()
  expect(await partner.getByText('Harrowgate Mills').count()).toBe(0)
})

test('a subscription is extended, its renewal canceled, and terminated with what that ends named first', async () => {
  const { label } = portal.organization('valid')
  await vendor.goto('/companies')
  await vendor.getByRole('link', { name: label }).click()
  const row = vendor.getByRole('table', { name: 'Subscriptions' }).getByRole('row', { name: 'Paid' })
  await row.getByRole('button', { name: 'Extend' }).click()
  await dialog().getByLabel('Last day').fill('2101-05-31')
  await dialog().getByRole('button', { name: 'Extend' }).click()
  await row.getByText('31 May 2101').waitFor()

  await row.getByRole('button', { name: 'Cancel renewal' }).click()
  expect(await dialog().innerText()).toMatch(/valid until 31 May 2101/)
  await dialog().getByRole('button', { name: 'Cancel renewal' }).click()
  await row.getByText('not renewed', { exact: false }).waitFor()
  expect(await partnersRow(label)).toContain('Valid')

  await row.getByRole('button', { name: 'Terminate' }).click()
  expect(await dialog().innerText()).toMatch(/can no longer read[\s\S]*cannot be undone/)
  await dialog().getByRole('button', { name: 'Terminate' }).click()
  await row.getByText('terminated', { exact: false }).waitFor()
  expect(await partnersRow(label)).toContain('No active subscription')
})

test('a suspended company’s people are out at once, and in again when it is resumed', async () => {
  const { company } = portal.person('no consent')
  const customer = await portal.signedIn('no consent')
  await vendor.goto('/companies')
  await vendor.getByRole('link', { name: company }).click()
  await vendor.getByRole('button', { name: 'Suspend' }).click()
  await dialog().getByRole('button', { name: 'Suspend' }).click()
  await vendor.getByText('Suspended since', { exact: false }).waitFor()
  expect(await partnersRow(company)).toContain('Suspended')
  await customer.getByRole('link', { name: 'Gateways' }).click()
  await customer.getByText('Your session has ended.', { exact: false }).waitFor()
  await vendor.getByRole('button', { name: 'Resume' }).click()
  await vendor.getByText('is active again', { exact: false }).waitFor()
  await portal.signedIn('no consent')
})

test('details are changed and taken away again', async () => {
  await vendor.goto('/companies')
  await vendor.getByRole('link', { name: portal.person('not connected').company }).click()
  await vendor.getByRole('button', { name: 'Edit' }).click()
  await dialog().getByLabel('Contact phone').fill('+1 555 0199')
  await dialog().getByLabel('Address').fill('')
  await dialog().getByRole('button', { name: 'Save' }).click()
  const details = vendor.getByRole('region', { name: 'Details' })
  await details.getByText('+1 555 0199').waitFor()
  expect(await details.getByText('Address').count()).toBe(0)
})

test('a gateway is added with a token that works, and refused once it is removed', async () => {
  const customer = await portal.signedIn('not connected')
  await customer.getByRole('link', { name: 'Gateways' }).click()
  await customer.getByRole('button', { name: 'Add gateway' }).click()
  await customer.getByRole('dialog').getByLabel('Name').fill('Annex')
  await customer.getByRole('dialog').getByRole('button', { name: 'Add gateway' }).click()
  const token = await customer.getByRole('group', { name: 'Gateway token' }).locator('code').innerText()
  expect(await customer.getByRole('dialog').innerText()).toMatch(
    /tokenFile: gateway.token[\s\S]*npm run gateway -- --config gateway.yaml/,
  )
  const asked = () => fetch(`${portal.server.url}/ingest/v1/gateway`, { headers: { authorization: `Bearer ${token}` } })
  expect((await asked()).status).toBe(200)

  await customer.getByRole('dialog').getByRole('button', { name: 'Copy', exact: true }).click()
  await customer.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
  await customer.getByRole('button', { name: 'Remove Annex' }).click()
  expect(await customer.getByRole('dialog').innerText()).toMatch(/“Annex”[\s\S]*refused at once[\s\S]*stay/)
  await customer.getByRole('button', { name: 'Remove gateway', exact: true }).click()
  await customer.getByRole('row', { name: 'Annex' }).waitFor({ state: 'detached' })
  expect((await asked()).status).toBe(401)
})

test('the vendor finds a connection by name and state, takes all away, and sees how often jobs run and what is kept', async () => {
  const { label } = portal.organization('no consent')
  await vendor.goto('/connections')
  await vendor.getByLabel('Search connections').fill(label)
  await vendor.getByText('1 found').waitFor()
  expect(await vendor.getByRole('row', { name: label }).innerText()).toContain('No consent')
  await vendor.getByLabel('State', { exact: true }).selectOption('Valid')
  await vendor.getByText('No connection matches').waitFor()
  const href = await vendor.getByRole('link', { name: 'Export CSV' }).getAttribute('href')
  expect(await (await vendor.request.get(href as string)).text()).toContain(label)

  await vendor.goto('/administration/system')
  const jobs = vendor.getByRole('table', { name: 'Jobs' })
  await expect.poll(() => jobs.getByRole('row', { name: 'roll-ups' }).innerText()).toContain('10 seconds')
  await vendor.getByText('/ready answers that it does: the database answers.').waitFor()
  await vendor.getByText('Nobody was refused').waitFor()
  expect(await vendor.getByRole('row', { name: 'Deliveries of webhooks' }).innerText()).toContain('30 days')
  await vendor.goto('/administration/activity')
  await vendor
    .getByRole('table', { name: 'Acts' })
    .getByRole('row', { name: portal.person('partner').company })
    .first()
    .waitFor()
})

test('the vendor views a company’s portal, to read alone and without devices, until it leaves, or is forbidden', async () => {
  const { company } = portal.person('valid')
  const page = await portal.signedIn('vendor', undefined, '/companies')
  const begin = async () => {
    await page.getByRole('link', { name: company }).click()
    await page.getByRole('button', { name: 'View as this company' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'View', exact: true }).click()
    await page.getByText('Say why: the company is told.').waitFor()
    await page.getByRole('dialog').getByLabel('Reason').fill('You asked why a partner sees nothing.')
    await page.getByRole('dialog').getByRole('button', { name: 'View', exact: true }).click()
    await banner().waitFor()
  }
  const banner = () => page.getByRole('note').filter({ hasText: `You view the portal of ${company}` })
  await begin()
  expect(await banner().innerText()).toMatch(/no device data[\s\S]*You asked why[\s\S]*in 29 minutes|in 30 minutes/)
  await page.getByRole('checkbox', { name: 'Allow API access to device data' }).waitFor()
  expect(await page.getByRole('checkbox', { name: 'Allow API access to device data' }).isDisabled()).toBe(true)
  expect(await page.getByRole('link', { name: 'Inventory' }).count()).toBe(0)
  for (const [link, heading] of [
    ['Access history', 'Access history'],
    ['API', 'API'],
    ['Gateways', 'Gateways'],
    ['Users', 'Users'],
    ['Activity', 'Activity'],
  ] as const) {
    await page.getByRole('link', { name: link, exact: true }).click()
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
    await expect.poll(() => page.locator('[aria-busy="true"]').count()).toBe(0)
    expect([link, await page.getByRole('main').getByRole('alert').count()]).toEqual([link, 0])
  }
  await page
    .getByRole('row', { name: /The vendor began to view the portal/ })
    .first()
    .waitFor()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect.poll(() => page.locator('html').getAttribute('data-mantine-color-scheme')).toBe(colorScheme)
    expect(await barriers(page)).toEqual([])
  }
  await page.getByRole('button', { name: 'Leave' }).click()
  await page.getByRole('heading', { name: company, level: 1 }).waitFor()
  await expect.poll(() => banner().count()).toBe(0)

  const customer = await portal.signedIn('valid', undefined, '/administration/company-data')
  await customer.getByLabel('Allow the vendor to view our portal').click()
  await customer.getByText('The vendor can no longer view this portal.').waitFor()
  await page.reload()
  await page.getByText('This company does not allow the vendor to view its portal.').waitFor()
})

test('what began just now for 30 days has 30 days left, also where the clock of whoever looks is behind', async () => {
  const { id } = portal.organization('not connected')
  const door = new Door(portal.server.url, portal.server.dataDir)
  const { subscriptions } = await door.vendor<{ subscriptions: { id: string; state: string }[] }>(
    'GET',
    `/companies/${id}/subscriptions`,
  )
  for (const one of subscriptions.filter(({ state }) => state !== 'ended'))
    await door.vendor('POST', `/subscriptions/${one.id}/termination`)
  const customer = await portal.visit()
  await customer.addInitScript(() => {
    const real = Date.now
    Date.now = () => real() - 25_000
  })
  await door.subscribe(id, new Date(Date.now() + 30 * 24 * 60 * 60_000).toISOString())
  await customer.goto('/administration/subscriptions')
  await signIn(customer, portal.person('not connected'))
  await customer.getByText('30 days', { exact: true }).waitFor()
})
