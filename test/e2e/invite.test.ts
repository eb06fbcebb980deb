import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CompanyKind, navigation, paths } from '../../web/paths.ts'
import { confirmedMinutesAgo } from '../support/accounts.ts'
import { mailsTo } from '../support/mailed.ts'
import { expectNoBarriers } from './barriers.ts'
import { focused } from './keyboard.ts'
import { arrived, asked, invited, joined, mailedPath, password, register, removed } from './people.ts'
import { openPortal, type Portal, signIn } from './portal.ts'

let portal: Portal
let partner: Page
beforeAll(async () => {
  portal = await openPortal({ mail: true })
  partner = await portal.signedIn('partner')
})
afterAll(async () => {
  await portal?.close()
})

const inviteButton = (page: Page, place: 'navigation' | 'main' | 'dialog' = 'navigation') =>
  page.getByRole(place).getByRole('button', { name: 'Invite a co-worker' })
const dialogIn = (page: Page) => page.getByRole('dialog', { name: 'Invite a co-worker' })

test('a co-worker is invited by the address alone, in the exact words, with the keyboard alone', async () => {
  await partner.goto('/customers')
  await partner.getByRole('heading', { name: 'Customers', level: 1 }).waitFor()
  await inviteButton(partner).focus()
  await partner.keyboard.press('Enter')
  const dialog = dialogIn(partner)
  const field = dialog.getByLabel('Email address')
  await focused(field)
  expect(await dialog.locator('input').count()).toBe(1)
  expect(await dialog.getByRole('button').allInnerTexts()).toEqual(expect.arrayContaining(['Cancel', 'Send Invite']))

  await partner.keyboard.press('Enter')
  await dialog.getByText('Please enter email address', { exact: true }).waitFor()
  await focused(field)
  await partner.keyboard.type('wanda')
  await dialog
    .getByText('You have entered an invalid email address. Please re-enter the email address.', { exact: true })
    .waitFor()
  await partner.keyboard.type('@nowhere')
  await partner.keyboard.press('Enter')
  await dialog
    .getByText('You have entered an invalid email address. Please re-enter the email address.', { exact: true })
    .waitFor()
  await partner.keyboard.type('.example')
  await partner.keyboard.press('Enter')

  const sent = partner.getByRole('dialog', { name: 'Invitation Sent' })
  await sent.getByText('Your invitation was sent.', { exact: true }).waitFor()
  await sent.getByText('Thanks for sharing Exchange with your co-worker.', { exact: true }).waitFor()
  await focused(sent.getByRole('button', { name: 'Close' }).last())
  await sent.getByRole('button', { name: 'Send New Invite' }).click()
  await focused(field)
  await partner.keyboard.type('wanda@nowhere.example')
  await partner.keyboard.press('Enter')
  await dialog
    .getByText('This co-worker has already been invited to the Exchange portal. Please invite another co-worker.', {
      exact: true,
    })
    .waitFor()
  await focused(field)
  await partner.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await focused(inviteButton(partner))
  expect(await mailsTo(portal.server, 'wanda@nowhere.example')).toHaveLength(1)
})

const staff = { vendor: 'vendor', partner: 'partner', customer: 'valid' } as const satisfies Partial<Record<CompanyKind, unknown>>

test.each(Object.entries(staff))('a co-worker is invited from any page, as the %s', async (kind, who) => {
  const page = await portal.signedIn(who)
  const { sections, administration } = navigation[kind as keyof typeof staff]
  const dialog = dialogIn(page)
  for (const path of [...sections, ...administration.slice(0, 1), ...administration.slice(-1), paths.account]) {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(new URL(page.url()).pathname).toBe(path)
    await inviteButton(page).click()
    await focused(dialog.getByLabel('Email address'))
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  }
  await inviteButton(page).click()
  const email = `from.${kind}@nowhere.example`
  await dialog.getByLabel('Email address').fill(email)
  await dialog.getByRole('button', { name: 'Send Invite' }).click()
  await page.getByRole('dialog', { name: 'Invitation Sent' }).waitFor()
  const invitee = await portal.visit()
  await invitee.goto(await mailedPath(portal, email))
  await invitee.getByRole('heading', { name: `Join ${portal.person(who).company}` }).waitFor()
})

test('the link leads to registration with the address filled in and fixed, and then into the same company; used, it says so', async () => {
  const { company } = portal.person('partner')
  const { person: inviter } = (await asked<{ person: { name: string } }>(partner, 'GET', '/session')).body
  const mail = await arrived(portal, 'wanda@nowhere.example', `Join ${company} on Exchange`)
  const [link] = mail.links as [string]
  for (const body of [mail.text, mail.html]) for (const words of [inviter.name, company, link]) expect(body).toContain(words)
  const { pathname, hash } = new URL(link)
  const path = pathname + hash
  const page = await portal.visit()
  await page.goto(path)
  await page.getByRole('heading', { name: `Join ${company}` }).waitFor()
  const email = page.getByLabel('Email')
  expect([await email.inputValue(), await email.getAttribute('readonly')]).toEqual(['wanda@nowhere.example', ''])
  await page.getByRole('button', { name: 'Create account and join' }).click()
  await page.getByText('Enter your name, as your co-workers know you.').waitFor()
  await register(page, 'Wanda Example')
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  expect(await page.getByRole('button', { name: /^Wanda Example.*account menu$/ }).innerText()).toContain(company)

  const again = await portal.visit()
  await again.goto(path)
  expect(await again.getByRole('alert').innerText()).toContain('This invitation was accepted already')
  await again.goto('/join')
  await again.getByText('This link is not complete').waitFor()
})

test('an administrator chooses as what a co-worker joins, by keyboard, and is asked again for it; nobody else is offered the choice', async () => {
  await partner.goto('/administration/users')
  await partner.getByRole('table', { name: 'Members' }).waitFor()
  await confirmedMinutesAgo(portal.server, portal.person('partner').email, 16)
  await inviteButton(partner, 'main').press('Enter')
  const dialog = dialogIn(partner)
  await focused(dialog.getByLabel('Email address'))
  await partner.keyboard.type('olga@nowhere.example')
  await dialog.getByText('Joins as Viewer.', { exact: true }).waitFor()
  await partner.keyboard.press('Tab')
  await partner.keyboard.press('Enter')
  const choice = dialog.getByRole('combobox', { name: 'Joins as' })
  await focused(choice)
  await partner.keyboard.type('Op')
  await dialog.getByText('Everything but administration.').waitFor()
  await expectNoBarriers(partner)
  await dialog.getByRole('button', { name: 'Send Invite' }).press('Enter')
  await focused(partner.getByRole('dialog', { name: 'Confirm that it is you' }).getByLabel('Your password'))
  await partner.keyboard.type(portal.person('partner').password)
  await partner.keyboard.press('Enter')
  await focused(partner.getByRole('dialog', { name: 'Invitation Sent' }).getByRole('button', { name: 'Close' }).last())
  await partner.keyboard.press('Enter')
  const row = partner.getByRole('table', { name: 'Invitations' }).getByRole('row', { name: 'olga@nowhere.example' })
  expect(await row.innerText()).toContain('Operator')

  const page = await portal.visit()
  await page.goto(await mailedPath(portal, 'olga@nowhere.example'))
  await register(page, 'Olga Example')
  await inviteButton(page).click()
  await focused(dialogIn(page).getByLabel('Email address'))
  expect(await dialogIn(page).getByRole('button').allInnerTexts()).not.toContain('Choose another role')
})

test('on a phone the button is behind the navigation, which makes room for the dialog', async () => {
  const page = await portal.signedIn('valid', { viewport: { width: 360, height: 740 } })
  await page.getByRole('button', { name: 'Open navigation' }).click()
  await inviteButton(page, 'dialog').click()
  const dialog = dialogIn(page)
  await dialog.getByLabel('Email address').fill('phone@nowhere.example')
  await expect.poll(() => page.getByRole('dialog').count()).toBe(1)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  await dialog.getByRole('button', { name: 'Send Invite' }).click()
  await page.getByRole('dialog', { name: 'Invitation Sent' }).getByRole('button', { name: 'Close' }).last().click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('somebody with an account and no company is told what to do, signs in from the link, and joins', async () => {
  const page = await joined(portal, partner, 'again@nowhere.example', 'Ada Again')
  await removed(partner, 'again@nowhere.example')
  await page.goto('/')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await signIn(page, { email: 'again@nowhere.example', password })
  await page.getByRole('heading', { name: 'You belong to no company' }).waitFor()
  expect(await page.getByRole('main').innerText()).toContain('again@nowhere.example')
  await page.goto('/customers')
  await page.getByRole('heading', { name: 'You belong to no company' }).waitFor()

  const customer = await portal.signedIn('valid')
  const path = await invited(portal, customer, 'again@nowhere.example')
  const fresh = await portal.visit()
  await fresh.goto(path)
  await register(fresh, 'Ada Again')
  await fresh.getByText('This address has an account. Sign in with it', { exact: false }).waitFor()
  await fresh.getByRole('link', { name: 'Sign in to join' }).click()
  await fresh.getByRole('heading', { name: 'Sign in' }).waitFor()
  expect(fresh.url()).not.toContain('in_')
  await signIn(fresh, { email: 'again@nowhere.example', password })
  const { label } = portal.organization('valid')
  await fresh.getByText('You are signed in as Ada Again, again@nowhere.example.').waitFor()
  await fresh.getByRole('button', { name: `Join ${label}` }).click()
  await fresh.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  expect(await fresh.evaluate(() => Object.keys(sessionStorage))).not.toContain('assent.invitation')
})

test('signed in as somebody else one is told so, and after signing out accepts as who was invited', async () => {
  const path = await invited(portal, partner, 'other@nowhere.example')
  const page = await portal.signedIn('valid')
  await page.goto(path)
  await page.getByText('You are signed in as somebody else').waitFor()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await register(page, 'Otto Other')
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
})

test('an address that belongs to another company is told so only after signing in', async () => {
  const { email, password: own } = portal.person('no consent')
  const path = await invited(portal, partner, email)
  const page = await portal.visit()
  await page.goto(path)
  await page.getByLabel('Your name').waitFor()
  expect(await page.getByRole('main').innerText()).not.toContain(portal.organization('no consent').label)
  await page.getByRole('link', { name: 'Sign in to join' }).click()
  await signIn(page, { email, password: own })
  await page.getByText(`You belong to ${portal.organization('no consent').label}`).waitFor()
  expect(await page.getByRole('button', { name: /^Join/ }).count()).toBe(0)
})
