import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf } from '../support/accounts.ts'
import { testPassword } from '../support/management.ts'
import { expectNoBarriers } from './barriers.ts'
import { focused } from './keyboard.ts'
import { arrived, mailedPath } from './people.ts'
import { openPortal, type Portal } from './portal.ts'

let portal: Portal
let partner: Page
let partnerName: string

beforeAll(async () => {
  portal = await openPortal({ mail: true })
  partner = await portal.signedIn('partner')
  partnerName = portal.person('partner').company
})
afterAll(async () => {
  await portal?.close()
})

const partnerId = () => partnerName.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')
const dialog = (page: Page) => page.getByRole('dialog')
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

async function invite(organization: string, email: string): Promise<void> {
  await partner.goto('/customers')
  await press(partner, 'Invite customer')
  await dialog(partner).getByLabel('Organization name').fill(organization)
  await dialog(partner).getByLabel('Email address').fill(email)
  await press(partner, 'Send invitation')
  await partner.getByRole('table', { name: 'Invited customers' }).getByRole('row', { name: email }).waitFor()
}

/** The page behind the newest link that was mailed to an address, opened by whoever. */
async function follow(email: string, page?: Page): Promise<Page> {
  return open(await mailedPath(portal, email), page ?? (await portal.visit()))
}

async function open(path: string, opened: Page): Promise<Page> {
  await opened.goto(path)
  await opened.reload()
  await opened.getByRole('heading', { name: 'Set up your company' }).waitFor()
  return opened
}

test('a partner invites a customer by keyboard, told what is missing; who joins by the link stands among its customers', async () => {
  await partner.goto('/customers')
  await partner.getByRole('button', { name: 'Invite customer' }).press('Enter')
  await dialog(partner).getByLabel('Organization name').waitFor()
  await partner.keyboard.press('Enter')
  await dialog(partner).getByText('Enter the name of the organization.').waitFor()
  await expect.poll(() => partner.evaluate(() => document.activeElement?.getAttribute('aria-invalid'))).toBe('true')
  await partner.keyboard.type('Harrowgate Mills')
  await partner.keyboard.press('Tab')
  await partner.keyboard.type('office')
  await partner.keyboard.press('Enter')
  await dialog(partner).getByText('This is not an email address.', { exact: false }).waitFor()
  await partner.keyboard.type('@harrowgate.example')
  await expectNoBarriers(partner)
  await partner.keyboard.press('Enter')
  const invited = partner.getByRole('table', { name: 'Invited customers' }).getByRole('row', { name: 'Harrowgate Mills' })
  await invited.waitFor()
  await expectNoBarriers(partner)

  const page = await follow('office@harrowgate.example')
  await page.getByText(`${partnerName} invites you to Exchange.`, { exact: false }).waitFor()
  expect(await page.getByLabel('Email').inputValue()).toBe('office@harrowgate.example')
  expect(await page.getByLabel('Email').getAttribute('readonly')).not.toBeNull()
  await press(page, 'Create company')
  await page.getByText('Enter your name, as your co-workers know you.').waitFor()
  await expectNoBarriers(page)
  await page.getByLabel('Organization name').fill('Harrowgate Mills Ltd')
  await page.getByLabel('Your name').fill('Hanna Harrow')
  await page.getByLabel('Password', { exact: true }).fill(testPassword)
  await page.getByLabel('Password', { exact: true }).press('Enter')
  await page.getByText('Your company requires two-factor sign-in').waitFor()
  await page.getByRole('button', { name: 'Set up' }).press('Enter')
  await focused(dialog(page).getByLabel('Your password'))
  await page.keyboard.type(testPassword)
  await page.keyboard.press('Enter')
  const secret = await dialog(page).getByRole('group', { name: 'Key' }).locator('code').innerText()
  await focused(dialog(page).getByLabel('Code that the app shows'))
  await page.keyboard.type(codeOf(secret))
  await page.keyboard.press('Enter')
  await focused(dialog(page).getByRole('list', { name: 'Recovery codes' }))
  await dialog(page).getByRole('button', { name: 'I have kept them' }).press('Enter')
  await page.getByText('10 recovery codes are left', { exact: false }).waitFor()
  await page.goto('/administration/subscriptions')
  await page.getByRole('heading', { name: partnerName, exact: true }).waitFor()
  expect(await page.getByRole('checkbox', { name: 'Allow API access to device data' }).isChecked()).toBe(false)
  expect(await page.getByRole('switch', { name: 'Administrator access' }).isChecked()).toBe(false)

  await partner.reload()
  expect(await partner.getByRole('row', { name: 'Harrowgate Mills Ltd' }).innerText()).toContain('No consent')
  expect(await partner.getByRole('table', { name: 'Invited customers' }).count()).toBe(0)
  const told = await arrived(portal, portal.person('partner').email, 'Harrowgate Mills Ltd has joined Exchange')
  expect(told.text).toContain('Its trial starts by itself')

  await page.goto('/administration/gateways')
  await page.getByRole('button', { name: 'Add gateway' }).first().press('Enter')
  await focused(dialog(page).getByLabel('Name'))
  await page.keyboard.type('Cellar')
  await page.keyboard.press('Enter')
  const token = await page.getByRole('group', { name: 'Gateway token' }).locator('code').innerText()
  const sent = await fetch(`${portal.server.url}/ingest/v1/batches`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ batchId: 'first' }),
  })
  expect(sent.status).toBe(200)
  await page.goto('/administration/subscriptions')
  const subscription = page.getByRole('region', { name: 'Subscription', exact: true })
  await subscription.getByText('Trial', { exact: true }).waitFor()
  await subscription.getByText(/^(29|30) days$/).waitFor()
})

test('an invitation is sent again, which ends the link before, and revoked, which ends the new one', async () => {
  await invite('Kestrel Cold Store', 'office@kestrel.example')
  const first = await follow('office@kestrel.example')
  await first.getByLabel('Your name').waitFor()
  await press(partner, 'Resend the invitation to office@kestrel.example')
  await partner.getByText('A new link is on its way to office@kestrel.example.', { exact: false }).waitFor()
  await first.reload()
  await first.getByText('This link is not valid').waitFor()
  await expectNoBarriers(first)

  const second = await follow('office@kestrel.example')
  await second.getByLabel('Your name').waitFor()
  await press(partner, 'Revoke the invitation to office@kestrel.example')
  expect(await dialog(partner).innerText()).toMatch(/office@kestrel\.example is refused at once/)
  await press(partner, 'Revoke invitation')
  await partner.getByRole('row', { name: 'Kestrel Cold Store' }).waitFor({ state: 'detached' })
  await second.reload()
  await second.getByText('This link is not valid').waitFor()
})

test('whoever is signed in with another address is told so, and with the invited one where it belongs', async () => {
  await invite('Linden Works', 'office@linden.example')
  const { company, email } = portal.person('no consent')
  const somebody = await portal.signedIn('no consent')
  await follow('office@linden.example', somebody)
  await somebody.getByText('This invitation is for another address').waitFor()
  expect(await somebody.getByLabel('Your name').count()).toBe(0)
  await expectNoBarriers(somebody)
  await press(somebody, 'Sign out')
  await somebody.getByLabel('Your name').waitFor()

  await invite('Linden Works', email)
  const link = await mailedPath(portal, email)
  await open(link, somebody)
  await somebody.getByLabel('Your name').fill('Somebody')
  await somebody.getByLabel('Password', { exact: true }).fill(testPassword)
  await press(somebody, 'Create company')
  const refused = somebody.getByRole('alert')
  await refused.getByText('This address has an account').first().waitFor()
  expect(await somebody.locator('main').innerText()).not.toContain(company)
  const again = await portal.signedIn('no consent')
  await open(link, again)
  await again.getByText(`You belong to ${company}`, { exact: false }).waitFor()
})

test('a customer finds a partner by its Partner ID, sees how to reach it, adds it by keyboard, and removes it knowing what ends', async () => {
  const page = await portal.signedIn('not connected', {}, '/administration/subscriptions')
  await page.getByRole('button', { name: 'Add partner' }).press('Enter')
  await dialog(page).getByLabel('Partner ID').waitFor()
  await page.keyboard.press('Enter')
  await dialog(page).getByText('Enter the Partner ID.').waitFor()
  await page.keyboard.type('nobody at all')
  await press(page, 'Find')
  await dialog(page).getByRole('alert').getByText('such as ACME_INC', { exact: false }).waitFor()
  await dialog(page).getByLabel('Partner ID').fill(partnerId().toLowerCase())
  await expectNoBarriers(page)
  await page.keyboard.press('Enter')
  await dialog(page).getByText('Is this the partner you mean?').waitFor()
  expect(await dialog(page).innerText()).toMatch(new RegExp(`${partnerName}[\\s\\S]*${partnerId()}[\\s\\S]*reads no device data`))
  await expectNoBarriers(page)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: partnerName, exact: true }).waitFor()
  await dialog(page).waitFor({ state: 'detached' })

  await page.getByRole('checkbox', { name: 'Allow API access to device data' }).click()
  await page.getByText('Saved. Access is allowed.').waitFor()
  await press(page, `Remove partner ${partnerName}`)
  expect(await dialog(page).innerText()).toMatch(
    /no longer read[\s\S]*streams end[\s\S]*consent ends for good[\s\S]*cannot be taken back/,
  )
  await expectNoBarriers(page)
  await press(page, 'Keep partner')
  await dialog(page).waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: partnerName, exact: true }).waitFor()
  await press(page, `Remove partner ${partnerName}`)
  await press(page, 'Remove partner')
  await page.getByText('No partner is connected').waitFor()
})

test('with administrator access the partner manages gateways, and is told for whom; switched off, it is refused', async () => {
  const customer = await portal.signedIn('valid', {}, '/administration/subscriptions')
  const { label } = portal.organization('valid')
  const access = customer.getByRole('switch', { name: 'Administrator access' })
  await access.focus()
  await customer.keyboard.press('Space')
  await customer.getByText('may add and remove your gateways', { exact: false }).waitFor()
  await customer.getByText('Since', { exact: false }).first().waitFor()
  await expectNoBarriers(customer)

  await partner.goto('/customers')
  const manage = partner.getByRole('link', { name: /^Manage gateways of/ })
  await manage.waitFor()
  expect(await manage.getAttribute('aria-label')).toBe(`Manage gateways of ${label}`)
  await manage.press('Enter')
  await partner.getByRole('note').getByText(`You act for ${label}`).waitFor()
  await press(partner, 'Add gateway')
  await dialog(partner).getByLabel('Name').fill('Cellar')
  await dialog(partner).getByRole('button', { name: 'Add gateway' }).click()
  await partner.getByRole('group', { name: 'Gateway token' }).locator('code').waitFor()
  await press(partner, 'Done')
  await press(partner, 'Close anyway')
  await partner.getByRole('row', { name: 'Cellar' }).waitFor()
  await expectNoBarriers(partner)

  await customer.setViewportSize({ width: 1280, height: 860 })
  await customer.getByRole('link', { name: 'Gateways' }).click()
  await customer.getByRole('row', { name: 'Cellar' }).waitFor()
  await press(partner, 'Remove Cellar')
  await press(partner, 'Remove gateway')
  await partner.getByRole('row', { name: 'Cellar' }).waitFor({ state: 'detached' })

  await customer.goto('/administration/subscriptions')
  await access.uncheck()
  await customer.getByText('Off. Switch it on', { exact: false }).waitFor()
  await partner.reload()
  await partner.getByText('You cannot act for this company.', { exact: false }).waitFor()
  expect(await partner.getByRole('button', { name: 'Add gateway' }).count()).toBe(0)
  await partner.goto('/customers')
  await partner.getByRole('row', { name: label }).waitFor()
  expect(await manage.count()).toBe(0)
})
