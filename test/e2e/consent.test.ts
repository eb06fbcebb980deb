import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consentDates } from '../../src/jobs/consent-dates.ts'
import { daysPassForConsents } from '../support/consent-days.ts'
import { expectNoBarriers } from './barriers.ts'
import { focused } from './keyboard.ts'
import { arrived, asked } from './people.ts'
import { openPortal, type Portal } from './portal.ts'

let portal: Portal

beforeAll(async () => {
  portal = await openPortal({ mail: true })
})
afterAll(async () => {
  await portal?.close()
})

const subscriptions = '/administration/subscriptions'
const dayMs = 86_400_000
const box = (page: Page) => page.getByRole('checkbox', { name: 'Allow API access to device data' })

test('the first page leads whoever has consented to nobody to the box itself, also on a phone', async () => {
  const page = await portal.signedIn('no consent', { viewport: { width: 390, height: 844 } })
  await page.getByRole('link', { name: 'Allow access' }).click()
  await focused(box(page))
  const place = await box(page).boundingBox()
  expect(place?.y).toBeGreaterThan(0)
  expect(place?.y).toBeLessThan(844)
})

test('consent that could not be saved is undone in sight, with the reason; the second try saves', async () => {
  const page = await portal.signedIn('no consent', {}, subscriptions)
  await page.route('**/consent', (route) => route.abort())
  // The state is undone at once where saving fails, so `check`, which looks at it after its click, would be in a race with that.
  await box(page).click()
  const alert = page.getByRole('alert').filter({ hasText: 'Not saved' })
  expect(await alert.innerText()).toContain('The server cannot be reached')
  expect(await box(page).isChecked()).toBe(false)

  await page.unroute('**/consent')
  await box(page).click()
  await page.getByText('Saved. Access is allowed.').waitFor()
  expect(await alert.count()).toBe(0)
  await page.reload()
  await page.getByText(/^Allowed since .* by \S/).waitFor()
  expect(await box(page).isChecked()).toBe(true)
})

test('withdrawing asks, says what it cannot do, and keeps the consent where the answer is no', async () => {
  const page = await portal.signedIn('valid', {}, subscriptions)
  await box(page).uncheck()
  const dialog = page.getByRole('dialog')
  expect(await dialog.innerText()).toMatch(/refused[\s\S]*already read cannot be taken back/)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(await box(page).isChecked()).toBe(true)

  await page.route('**/consent', (route) => route.abort())
  await box(page).uncheck()
  await dialog.getByRole('button', { name: 'Withdraw' }).click()
  await dialog.getByRole('alert').filter({ hasText: 'Not saved' }).waitFor()
  await dialog.getByRole('button', { name: 'Keep access' }).click()
  expect(await box(page).isChecked()).toBe(true)
})

test('consent is withdrawn and given with the keyboard alone, and the partner’s page follows', async () => {
  const page = await portal.signedIn('valid', {}, subscriptions)
  const { label } = portal.organization('valid')
  await box(page).focus()
  await page.keyboard.press('Space')
  const dialog = page.getByRole('dialog')
  await focused(dialog.getByRole('button', { name: 'Keep access' }))
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByText('Saved. Access is withdrawn.').waitFor()
  await dialog.waitFor({ state: 'detached' })
  await focused(box(page))

  const partner = await portal.signedIn('partner')
  await partner.goto('/customers')
  expect(await partner.getByRole('row', { name: label }).innerText()).toContain('No consent')
  await page.keyboard.press('Space')
  await page.getByText('Saved. Access is allowed.').waitFor()
  await partner.reload()
  expect(await partner.getByRole('row', { name: label }).innerText()).toContain('Valid')
})

test('options limit the consent to kinds and to a date; it says so, and a receipt of each change is there to keep', async () => {
  const page = await portal.signedIn('valid')
  await page.goto('/administration/subscriptions')
  await page.getByText('Which data, and until when', { exact: true }).click()
  await page.getByLabel('Sensors and what they measure').click()
  await page.getByLabel('Until').selectOption('A date')
  await page.getByRole('button', { name: 'Save options' }).click()
  await page.getByText('Choose the last day.').waitFor()
  await page.getByLabel('Last day').fill('2030-01-31')
  await expectNoBarriers(page)
  await page.getByRole('button', { name: 'Save options' }).click()
  await page.getByText('Saved. The options hold now.').waitFor()
  const section = page.getByRole('region', { name: 'Your partner' })
  expect(await section.innerText()).toMatch(/Limited to: locations and devices; alarms\.\s*Until 31 Jan 2030/)
  expect(await section.innerText()).not.toMatch(/their values from the moment of sharing on/)
  await page.getByLabel('Locations and devices').click()
  await page.getByLabel('Alarms', { exact: true }).click()
  await page.getByRole('button', { name: 'Save options' }).click()
  await page.getByText('To share nothing, clear the box above', { exact: false }).waitFor()

  const receipt = page.getByRole('row', { name: /Changed/ }).first()
  const [download] = await Promise.all([page.waitForEvent('download'), receipt.getByRole('link', { name: /^Download/ }).click()])
  expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toMatchObject({
    event: 'changed',
    head: { seq: expect.any(Number) },
  })
  const [printed] = await Promise.all([page.waitForEvent('popup'), receipt.getByRole('link', { name: /^Open/ }).click()])
  await expect
    .poll(() => printed.locator('body').innerText())
    .toMatch(/Consent was changed[\s\S]*Allow API access to device data/)

  const partner = await portal.signedIn('partner')
  await partner.goto('/customers')
  const { label } = portal.organization('valid')
  expect(await partner.getByRole('row', { name: label }).innerText()).toContain('Valid')
  await partner.getByRole('link', { name: label, exact: true }).click()
  const theirs = partner
    .getByRole('region', { name: 'Receipts' })
    .getByRole('row', { name: /Changed/ })
    .first()
  const [told] = await Promise.all([partner.waitForEvent('download'), theirs.getByRole('link', { name: /^Download/ }).click()])
  expect(JSON.parse(readFileSync(await told.path(), 'utf8'))).toMatchObject({ event: 'changed', customer: { name: label } })
  await page.reload()
  await page.getByText('Which data, and until when', { exact: true }).click()
  await page.getByLabel('Sensors and what they measure').click()
  await page.getByLabel('Until').selectOption('I withdraw it')
  await page.getByRole('button', { name: 'Save options' }).click()
  await page.getByText('Limited to', { exact: false }).waitFor({ state: 'detached' })
})

test('the section says who the partner is, what it will see and what not', async () => {
  const page = await portal.signedIn('no consent', {}, subscriptions)
  const section = page.getByRole('region', { name: 'Your partner' })
  const text = await section.innerText()
  expect(text).toContain(portal.person('partner').company)
  expect(text).toMatch(/Partner ID[\s\S]*Email[\s\S]*Connected since[\s\S]*Last access/)
  expect(text).toMatch(/serial numbers/)
  expect(text).toMatch(/Nothing can be changed or controlled/)
})

test('a lapsed subscription says what has ended, and that consent is kept', async () => {
  const page = await portal.signedIn('no active subscription', {}, subscriptions)
  const subscription = page.getByRole('region', { name: 'Subscription' })
  await subscription.getByText('Ended', { exact: true }).first().waitFor()
  expect(await subscription.innerText()).toMatch(
    /API keys are refused[\s\S]*Consent that you have given is kept[\s\S]*A licence key starts or renews/,
  )
  await page.getByText('nothing can be read while you have no active subscription', { exact: false }).waitFor()
})

/** The vendor's window on its licence keys, and a key that it has made there. */
async function licenceKey(days: number, note: string): Promise<{ vendor: Page; key: string }> {
  const vendor = await portal.signedIn('vendor', {}, '/administration/licence-keys')
  await vendor.getByRole('button', { name: 'Make licence key' }).click()
  await vendor.getByLabel('Days').fill(String(days))
  await vendor.getByLabel('Note').fill(note)
  await vendor.getByRole('dialog').getByRole('button', { name: 'Make licence key' }).click()
  const key = await vendor.getByRole('group', { name: 'Licence key' }).locator('code').innerText()
  await vendor.getByRole('button', { name: 'Done' }).click()
  await vendor.getByRole('button', { name: 'Close anyway' }).click()
  return { vendor, key }
}

test('a licence key that the vendor makes is shown once, and adds its period where the customer redeems it', async () => {
  const { vendor, key } = await licenceKey(366, 'Order 17')
  await expectNoBarriers(vendor)

  const page = await portal.signedIn('no active subscription')
  await page.goto('/administration/subscriptions')
  await page.getByRole('button', { name: 'Redeem licence key' }).click()
  await page.getByLabel('Licence key', { exact: true }).fill(`${key.slice(0, -1)}_`)
  await page.getByRole('button', { name: 'Redeem', exact: true }).click()
  await page.getByRole('alert').filter({ hasText: 'The licence key is not accepted' }).waitFor()
  await page.getByLabel('Licence key', { exact: true }).fill(key)
  await page.getByRole('button', { name: 'Redeem', exact: true }).click()
  await page
    .getByRole('region', { name: 'Subscription', exact: true })
    .getByText(/^36[67] days$/)
    .waitFor()
  await vendor.reload()
  await expect.poll(() => vendor.getByRole('row', { name: /Order 17/ }).innerText()).toMatch(/Redeemed/)
})

test('the vendor redeems a licence key for a customer, on its page, with the keyboard alone', async () => {
  const { id, label } = portal.organization('not connected')
  const { vendor, key } = await licenceKey(30, 'Order 18')
  await vendor.goto(`/companies/${id}`)
  const periods = vendor.getByRole('table', { name: 'Subscriptions' }).getByRole('row')
  await periods.first().waitFor()
  const before = await periods.count()
  await vendor.getByRole('button', { name: 'Redeem licence key' }).press('Enter')
  const dialog = vendor.getByRole('dialog')
  await focused(dialog.getByLabel('Licence key', { exact: true }))
  await vendor.keyboard.press('Enter')
  await dialog.getByText('Enter the licence key.').waitFor()
  await focused(dialog.getByLabel('Licence key', { exact: true }))
  await expectNoBarriers(vendor)
  await vendor.keyboard.type(key)
  await vendor.keyboard.press('Enter')
  await vendor.getByText('Redeemed. The subscription is paid until', { exact: false }).waitFor()
  await expect.poll(() => periods.count()).toBe(before + 1)
  await vendor.goto('/administration/licence-keys')
  expect(await vendor.getByRole('row', { name: /Order 18/ }).innerText()).toMatch(new RegExp(`Redeemed[\\s\\S]*for\\s+${label}`))
})

test('a customer without a partner is told what a partner is, and what connecting shows', async () => {
  const page = await portal.signedIn('not connected', {}, subscriptions)
  await page.getByText('No partner is connected').waitFor()
  expect(await page.getByRole('region', { name: 'Your partner' }).innerText()).toMatch(/no device data/)
  expect(await box(page).count()).toBe(0)
})

test('both sides are reminded by mail 30, 7 and 1 days before the date that the customer chose, and told when it has come', async () => {
  const { id, label } = portal.organization('valid')
  const [customer, partner] = [portal.person('valid'), portal.person('partner')]
  const page = await portal.signedIn('valid', {}, subscriptions)
  await page.getByText('Which data, and until when', { exact: true }).click()
  await page.getByLabel('Until').selectOption('A date')
  await page.getByLabel('Last day').fill(new Date(Date.now() + 40 * dayMs).toISOString().slice(0, 10))
  await page.getByRole('button', { name: 'Save options' }).click()
  await page.getByText('Saved. The options hold now.').waitFor()
  const { body } = await asked<{ partners: { consent?: { endsAt: string } }[] }>(page, 'GET', '/partners')
  let daysLeft = (Date.parse(body.partners[0]?.consent?.endsAt as string) - Date.now()) / dayMs
  const pass = async (to: number) => {
    await daysPassForConsents(portal.server, id, daysLeft - to)
    daysLeft = to
    await consentDates(portal.server.context)
  }
  for (const [days, when] of [
    [29.5, 'in 30 days'],
    [6.5, 'in 7 days'],
    [0.5, 'within a day'],
  ] as const) {
    await pass(days)
    const mail = await arrived(portal, customer.email, `Access of ${partner.company} ends ${when}`)
    expect(mail.text).toContain('change the date under Administration > Subscriptions')
    expect((await arrived(portal, partner.email, `Access to ${label} ends ${when}`)).text).toContain(label)
  }
  await pass(-0.1)
  await arrived(portal, customer.email, 'expired')
  await arrived(portal, partner.email, 'expired')
  await page.reload()
  await page.getByRole('row', { name: /Expired/ }).waitFor()
  expect(await box(page).isChecked()).toBe(false)
})
