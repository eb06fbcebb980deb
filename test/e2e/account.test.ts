import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf, confirmedMinutesAgo } from '../support/accounts.ts'
import { barriers, expectNoBarriers } from './barriers.ts'
import { chooseOfMenu, focused, pressed, tabTo } from './keyboard.ts'
import { joined, mailedPath, password } from './people.ts'
import { openPortal, type Portal, signIn } from './portal.ts'
import { giveAuthenticator } from './virtual-authenticator.ts'

let portal: Portal

beforeAll(async () => {
  portal = await openPortal({ mail: true })
})
afterAll(async () => {
  await portal?.close()
})

async function openAccount(page: Page): Promise<void> {
  await chooseOfMenu(page, 'Your account')
  await page.getByRole('heading', { name: 'Your account', level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Add passkey' }).waitFor()
}

test('two-factor sign-in is set up by its key, asked for at the next sign-in, and a recovery code stands in for the app; with the keyboard alone', async () => {
  const person = portal.person('no active subscription')
  const page = await portal.signedIn('no active subscription')
  await openAccount(page)
  await page.getByRole('button', { name: 'Set up' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await focused(dialog.getByLabel('Your password'))
  await page.keyboard.type(person.password)
  await page.keyboard.press('Enter')
  await dialog.getByRole('img', { name: 'QR code for an authenticator app' }).waitFor()
  await expectNoBarriers(page)
  const secret = await dialog.getByRole('group', { name: 'Key' }).locator('code').innerText()
  await focused(dialog.getByLabel('Code that the app shows'))
  await page.keyboard.press('Enter')
  await dialog.getByText('Enter the six digits that the app shows.').waitFor()
  await focused(dialog.getByLabel('Code that the app shows'))
  await page.keyboard.type(codeOf(secret))
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'I have kept them' }).waitFor()
  const codes = await dialog.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allInnerTexts()
  expect(codes).toHaveLength(10)
  await focused(dialog.getByRole('list', { name: 'Recovery codes' }))
  await tabTo(page, dialog.getByRole('button', { name: 'I have kept them' }))
  await page.keyboard.press('Enter')
  await page.getByText('10 recovery codes are left', { exact: false }).waitFor()

  for (const code of [() => codeOf(secret), () => codes[0] as string]) {
    const other = await portal.visit()
    await other.goto('/sign-in')
    await signIn(other, person)
    await other.getByLabel('Code').fill(code())
    await other.getByRole('button', { name: 'Sign in', exact: true }).click()
    await other.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
    await other.context().close()
  }
})

test('what is dangerous asks again after a while, in a dialog, and then goes on by itself', async () => {
  const person = portal.person('valid')
  const page = await portal.signedIn('valid')
  await page.getByRole('link', { name: 'Gateways' }).click()
  await confirmedMinutesAgo(portal.server, person.email, 16)
  await page.getByRole('button', { name: 'Add gateway' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Asked again')
  await page.keyboard.press('Enter')
  const question = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await question.getByLabel('Your password').fill('not the right one')
  await page.keyboard.press('Enter')
  await question.getByRole('alert').getByText('The password is not right').waitFor()
  await question.getByLabel('Your password').fill(person.password)
  await page.keyboard.press('Enter')
  await question.waitFor({ state: 'detached' })
  await page.getByRole('dialog').getByText('gw_', { exact: false }).first().waitFor()
})

test('a passkey of the browser is added under a name, signs in by itself, and is removed, with the keyboard alone', async () => {
  const page = await portal.signedIn('partner')
  await giveAuthenticator(page)
  const dialog = page.getByRole('dialog')
  const signInByPasskey = async () => {
    await chooseOfMenu(page, 'Sign out')
    await focused(page.getByLabel('Email'))
    await tabTo(page, page.getByRole('button', { name: 'Sign in with a passkey' }))
    await page.keyboard.press('Enter')
  }
  await openAccount(page)
  const add = page.getByRole('button', { name: 'Add passkey' })
  await add.press('Enter')
  await focused(dialog.getByLabel('Name'))
  await page.keyboard.press('Enter')
  await dialog.getByText('Give it a name.').waitFor()
  await expectNoBarriers(page)
  await focused(dialog.getByLabel('Name'))
  await page.keyboard.type('This laptop')
  await page.keyboard.press('Enter')
  await page.getByRole('table', { name: 'Passkeys' }).getByRole('row', { name: 'This laptop' }).waitFor()
  await focused(add)

  await signInByPasskey()
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()

  await openAccount(page)
  await confirmedMinutesAgo(portal.server, portal.person('partner').email, 16)
  await page.getByRole('button', { name: 'Remove This laptop' }).press('Enter')
  await focused(dialog.getByRole('button', { name: 'Cancel' }))
  await tabTo(page, dialog.getByRole('button', { name: 'Remove', exact: true }))
  await page.keyboard.press('Enter')
  const question = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await focused(question.getByLabel('Your password'))
  await page.keyboard.press('Enter')
  await question.getByText('Fill this in to go on.').waitFor()
  await tabTo(page, question.getByRole('button', { name: 'Use a passkey' }))
  await page.keyboard.press('Enter')
  await page.getByText('You have no passkeys.').waitFor()
  await focused(page.getByRole('heading', { name: 'Your account', level: 1 }))
  await signInByPasskey()
  await page.getByRole('alert').getByText('The passkey is not accepted').waitFor()
})

test('whoever registers, confirms the address by the mailed link, and is told what to do next', async () => {
  const page = await portal.visit()
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Register' }).press('Enter')
  await page.getByRole('button', { name: 'Register' }).press('Enter')
  await page.getByText('Enter your name, as your co-workers know you.').waitFor()
  await page.getByLabel('Your name').fill('Noor Example')
  await page.getByLabel('Email').fill('noor.new@example.com')
  await page.getByLabel('Password').fill('four quiet words here')
  await pressed(page.getByRole('button', { name: 'Register' }))
  await page.getByText('We have mailed noor.new@example.com.', { exact: false }).waitFor()

  await page.goto(await mailedPath(portal, 'noor.new@example.com'))
  await page.getByRole('button', { name: 'Confirm' }).waitFor()
  await expectNoBarriers(page)
  await page.getByLabel('Password').fill('four quiet words here')
  await pressed(page.getByRole('button', { name: 'Confirm' }))
  await page.getByText('Your address is confirmed').waitFor()
  await page.goto('/verify')
  await page.getByText('This link is not complete').waitFor()
})

test('who belongs to no company has an account too: to keep safe, to take its data away, and to erase', async () => {
  const email = 'noor.new@example.com'
  const page = await portal.visit()
  await page.goto('/account')
  await signIn(page, { email, password: 'four quiet words here' })
  await page.getByRole('heading', { name: 'You belong to no company' }).waitFor()
  await pressed(page.getByRole('link', { name: 'Your account' }))
  await page.getByRole('heading', { name: 'Your account', level: 1 }).waitFor()
  await page.getByRole('table', { name: 'Sessions' }).getByText('this one').waitFor()
  await expectNoBarriers(page)
  await confirmedMinutesAgo(portal.server, email, 16)
  await pressed(page.getByRole('button', { name: 'Erase your account' }))
  await page.getByLabel('Your email address').fill(email)
  await pressed(page.getByRole('button', { name: 'Erase my account' }))
  await page.getByLabel('Your password').fill('four quiet words here')
  await pressed(page.getByRole('button', { name: 'Confirm', exact: true }))
  await page.getByText('Your session has ended.', { exact: false }).waitFor()
  await signIn(page, { email, password: 'four quiet words here' })
  await page.getByText('Sign-in failed').waitFor()
})

test('a forgotten password is reset by the mailed link; an unknown address is told the same', async () => {
  const { email } = portal.person('no consent')
  const page = await portal.visit()
  const told: string[] = []
  for (const tried of ['nobody@example.com', email]) {
    await page.goto('/sign-in')
    await pressed(page.getByRole('link', { name: 'Forgot your password?' }))
    // Both pages have a field of this name.
    await page.getByRole('button', { name: 'Send link' }).waitFor()
    await page.getByLabel('Email').fill(tried)
    await pressed(page.getByRole('button', { name: 'Send link' }))
    await page.getByText('Look into your mail').waitFor()
    told.push((await page.getByRole('status').innerText()).replace(tried, 'ADDRESS'))
  }
  expect(told[0]).toBe(told[1])
  await page.goto(await mailedPath(portal, email))
  await page.getByRole('button', { name: 'Set password' }).waitFor()
  await expectNoBarriers(page)
  await page.getByLabel('New password').fill('four quiet words here')
  await pressed(page.getByRole('button', { name: 'Set password' }))
  await page.getByText('Your password is set').waitFor()
  await pressed(page.getByRole('link', { name: 'Go to sign in' }))
  await signIn(page, { email, password: 'four quiet words here' })
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
})

test('password, address and sessions are changed with the keyboard alone, and each former one is of no use any more', async () => {
  const [email, wanted] = ['kim@nowhere.example', 'four louder words here']
  const page = await joined(portal, await portal.signedIn('partner'), email, 'Kim Example')
  const dialog = page.getByRole('dialog')
  const other = await portal.visit()
  await other.goto('/sign-in')
  await signIn(other, { email, password })
  await other.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  await openAccount(page)
  await page.getByRole('button', { name: /^Sign out of / }).press('Enter')
  await page.getByText('The session was ended').waitFor()
  await other.goto('/account')
  await other.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor()

  await page.getByRole('button', { name: 'Change password' }).press('Enter')
  await focused(dialog.getByLabel('Present password'))
  await page.keyboard.press('Enter')
  await dialog.getByText('Enter the password that you sign in with.').waitFor()
  await focused(dialog.getByLabel('Present password'))
  await page.keyboard.type(password)
  await tabTo(page, dialog.getByLabel('New password'))
  await page.keyboard.type(wanted)
  await page.keyboard.press('Enter')
  await page.getByText('Your password was changed').waitFor()

  await page.getByRole('button', { name: 'Change email' }).press('Enter')
  await focused(dialog.getByLabel('New email'))
  await page.keyboard.type('kim.new@nowhere.example')
  await page.keyboard.press('Enter')
  await page.getByText('Open the link that was mailed to the new address').waitFor()
  await page.goto(await mailedPath(portal, 'kim.new@nowhere.example'))
  await page.getByRole('button', { name: 'Use this address' }).waitFor()
  await expectNoBarriers(page)
  await page.getByRole('button', { name: 'Use this address' }).press('Enter')
  await page.getByText('Your address was changed').waitFor()
  await expectNoBarriers(page)

  await page.goto('/account')
  await page.getByText('You sign in with kim.new@nowhere.example.').waitFor()
  await page.getByRole('button', { name: 'Sign out everywhere' }).press('Enter')
  await focused(dialog.getByRole('button', { name: 'Cancel' }))
  await tabTo(page, dialog.getByRole('button', { name: 'Sign out everywhere' }))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor()
  await signIn(page, { email, password: wanted })
  await page.getByText('Sign-in failed').waitFor()
  await signIn(page, { email: 'kim.new@nowhere.example', password: wanted })
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
})

test('a company that requires two-factor sign-in leads its members to their account, and nowhere else', async () => {
  const administrator = await portal.signedIn('not connected')
  await administrator.getByRole('link', { name: 'Sign-in' }).click()
  // It is checked once the server has said so.
  const required = administrator.getByLabel('Require two-factor sign-in of every member')
  await required.click()
  await expect.poll(() => required.isChecked()).toBe(true)
  const page = await portal.signedIn('not connected')
  await page.getByText('Your company requires two-factor sign-in').waitFor()
  await page.goto('/administration/api')
  await page.getByRole('heading', { name: 'Your account', level: 1 }).waitFor()
})

test('every page of accounts is clean for axe in both colour schemes, and fits on a phone', async () => {
  const page = await portal.signedIn('vendor')
  for (const [path, title] of [
    ['/account', 'Your account'],
    ['/administration/sign-in', 'Sign-in'],
    ['/register', 'Register'],
    ['/forgot', 'Reset your password'],
  ] as const) {
    await page.goto(path)
    await page.getByRole('heading', { name: title, level: 1 }).waitFor()
    await expect.poll(() => page.locator('[aria-busy="true"]').count()).toBe(0)
    await expectNoBarriers(page)
  }
})

test("a partner's administrator chooses one mail a day about access, and it stays chosen", async () => {
  const page = await portal.signedIn('partner')
  await openAccount(page)
  const choices = page.getByRole('region', { name: 'Mails about access' })
  const daily = choices.getByRole('radio', { name: 'One mail a day' })
  await daily.click()
  await page.getByText('Your choice was saved').waitFor()
  expect(await barriers(page)).toEqual([])
  await page.reload()
  await expect.poll(() => daily.isChecked()).toBe(true)
  await page.context().close()
})
