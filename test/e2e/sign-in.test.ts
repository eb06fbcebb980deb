import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectNoBarriers } from './barriers.ts'
import { focused } from './keyboard.ts'
import { arrived } from './people.ts'
import { openPortal, type Portal, signIn } from './portal.ts'

let portal: Portal

beforeAll(async () => {
  portal = await openPortal({ mail: true })
})
afterAll(async () => {
  await portal?.close()
})

test('what is missing or malformed is said at its field, before anything is sent', async () => {
  const page = await portal.visit()
  let sent = 0
  page.on('request', (request) => {
    sent += request.method() === 'POST' ? 1 : 0
  })
  await page.goto('/')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByText('Enter your email address.').waitFor()
  await page.getByText('Enter your password.').waitFor()
  await focused(page.getByLabel('Email'))
  await page.getByLabel('Email').fill('somebody')
  await page.getByText('This is not an email address.', { exact: false }).waitFor()
  expect(sent).toBe(0)
})

test('a wrong password and an unknown address are refused in the same words', async () => {
  const page = await portal.visit()
  const { email } = portal.person('partner')
  const refusals: string[] = []
  for (const tried of [email, 'nobody@example.com']) {
    // Anew: what the first one was told is gone before the second one asks.
    await page.goto('/')
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'POST'),
      signIn(page, { email: tried, password: 'not the password' }),
    ])
    expect(answer.status()).toBe(401)
    refusals.push(await page.getByRole('alert').innerText())
  }
  expect(refusals[0]).not.toBe('')
  expect(refusals[0]).toBe(refusals[1])
})

test('signing in leads to where one was going, and signing out ends the session', async () => {
  const page = await portal.visit()
  await page.goto('/administration/api')
  await page.waitForURL('**/sign-in?**')
  await signIn(page, portal.person('partner'))
  await page.getByRole('heading', { name: 'API', level: 1 }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/administration/api')

  await page.getByRole('button', { name: 'account menu' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await page.goto('/customers')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
})

test('a sign-in with another browser is told by mail, with what to do if it was somebody else', async () => {
  const { email } = portal.person('valid')
  await portal.signedIn('valid')
  const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0'
  await portal.signedIn('valid', { userAgent })
  const { text, html } = await arrived(portal, email, 'New sign-in to Exchange')
  for (const words of ['Firefox on Linux', '127.0.0.1', `${portal.server.url}/forgot`]) {
    expect(text).toContain(words)
    expect(html).toContain(words)
  }
})

test('a session that has ended leads to the sign-in, and from there back to where one was', async () => {
  const page = await portal.signedIn('partner')
  await page.getByRole('link', { name: 'API', exact: true }).click()
  await page.getByRole('link', { name: 'Trying things out' }).waitFor()
  await page.context().clearCookies()
  await page.getByRole('link', { name: 'Trying things out' }).click()
  await page.getByText('Your session has ended.', { exact: false }).waitFor()
  await signIn(page, portal.person('partner'))
  await page.getByRole('heading', { name: 'Trying things out' }).waitFor()
})

test('the sign-in leads to no other site, and to no page of another kind of company', async () => {
  const page = await portal.visit()
  await page.goto(`/sign-in?from=${encodeURIComponent('//elsewhere.example/')}`)
  await signIn(page, portal.person('partner'))
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  expect(new URL(page.url()).origin).toBe(new URL(portal.server.url).origin)

  await page.goto('/companies')
  await page.getByRole('heading', { name: 'Page not found' }).waitFor()
  const otherKind = await page.getByRole('main').innerText()
  await page.goto('/nowhere')
  await page.getByRole('heading', { name: 'Page not found' }).waitFor()
  expect(await page.getByRole('main').innerText()).toBe(otherKind)
})

test('a set-up link makes one account, which signs in; the same link again is refused in plain words', async () => {
  const vendor = await portal.signedIn('vendor')
  await vendor.getByRole('link', { name: portal.organization('no consent').label }).click()
  await vendor.getByRole('button', { name: 'Create set-up link' }).click()
  await vendor.getByRole('dialog').getByLabel('Email').fill('new.person@example.com')
  await vendor.getByRole('button', { name: 'Create link' }).click()
  const link = new URL(await vendor.getByRole('group', { name: 'Set-up link' }).locator('code').innerText())

  const page = await portal.visit()
  await page.goto(link.pathname + link.hash)
  expect(await page.getByLabel('Email').inputValue()).toBe('new.person@example.com')
  await page.getByLabel('Your name').fill('Noor Example')
  await page.getByLabel('Password').fill('short')
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByText('Too short: 7 more characters are needed.').waitFor()
  await expectNoBarriers(page)
  await page.getByLabel('Password').fill('four quiet words here')
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  expect(await page.getByRole('button', { name: /^Noor Example.*account menu$/ }).isVisible()).toBe(true)

  const again = await portal.visit()
  await again.goto(link.pathname + link.hash)
  expect(await again.getByRole('alert').innerText()).toMatch(/link/i)
  await again.goto('/setup')
  await again.getByText('This link is not complete').waitFor()
})
