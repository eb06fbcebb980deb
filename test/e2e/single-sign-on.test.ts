import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { confirmedMinutesAgo } from '../support/accounts.ts'
import { type ProviderOfTest, startProvider } from '../support/sign-in-provider.ts'
import { expectNoBarriers } from './barriers.ts'
import { invited, joined } from './people.ts'
import { openPortal, type Portal, signIn } from './portal.ts'

let portal: Portal
let provider: ProviderOfTest
beforeAll(async () => {
  portal = await openPortal({ flags: ['--inside-addresses', '127.0.0.1'] })
  provider = await startProvider(`${portal.server.url}/sign-in/return`)
})
afterAll(async () => {
  await provider?.close()
  await portal?.close()
})

/** What the provider's own page asks for. */
async function signInThere(page: Page, email: string): Promise<void> {
  await page.waitForURL(`${provider.issuer}/**`)
  await page.locator('input[name="login"]').fill(email)
  await page.locator('input[name="password"]').fill('of the provider')
  await page.locator('button[type="submit"]').click()
}

test('an administrator sets single sign-on up, a member signs in by it, and it is asked again before what is dangerous', async () => {
  const owner = await portal.signedIn('valid')
  await owner.getByRole('link', { name: 'Sign-in', exact: true }).click()
  await owner.getByRole('heading', { name: 'Single sign-on' }).waitFor()
  await owner.getByLabel('Sign-in name').fill('north')
  await owner.getByLabel('Issuer').fill('http://localhost:1')
  await owner.getByLabel('Client ID').fill(provider.clientId)
  await owner.getByRole('button', { name: 'Save' }).click()
  await owner.getByText('Fill this in.').waitFor()
  await owner.getByLabel('Client secret').fill(provider.clientSecret)
  await owner.getByRole('button', { name: 'Save' }).click()
  await owner.getByText('The provider cannot be used.', { exact: false }).waitFor()
  await owner.getByLabel('Issuer').fill(provider.issuer)
  await owner.getByLabel('A sign-in there counts as two factors').click()
  await owner.getByRole('button', { name: 'Save' }).click()
  await owner.getByText('Single sign-on is set.').waitFor()
  expect(await owner.getByLabel('Client secret').inputValue()).toBe('')
  await expectNoBarriers(owner)

  const { email } = portal.person('valid')
  const page = await portal.visit()
  await page.goto('/administration/gateways')
  await page.getByRole('link', { name: 'Sign in with single sign-on' }).click()
  await page.getByLabel('Your company’s sign-in name').fill('nowhere')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText('No company signs in under this name').waitFor()
  await page.getByLabel('Your company’s sign-in name').fill('North')
  await page.getByRole('button', { name: 'Continue' }).click()
  await signInThere(page, email)
  await page.getByRole('heading', { name: 'Gateways', level: 1 }).waitFor()

  await confirmedMinutesAgo(portal.server, email, 16)
  await page.getByRole('button', { name: 'Add gateway' }).first().click()
  await page.getByRole('dialog').getByLabel('Name').fill('Cellar')
  await page.getByRole('dialog').getByRole('button', { name: 'Add gateway' }).click()
  await page.getByRole('button', { name: 'Go to the provider' }).click()
  await signInThere(page, email)
  await page.getByRole('heading', { name: 'Gateways', level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Add gateway' }).first().click()
  await page.getByRole('dialog').getByLabel('Name').fill('Cellar')
  await page.getByRole('dialog').getByRole('button', { name: 'Add gateway' }).click()
  await page.getByRole('dialog').getByText('gw_', { exact: false }).first().waitFor()

  // Signed out at the provider as well, which then asks again who it is.
  await page.goto('/')
  await page.getByRole('button', { name: 'account menu' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.waitForURL(`${provider.issuer}/**`)
  await page.getByRole('button', { name: 'Yes, sign me out' }).click()
  await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor()
  await page.goto('/sign-in/company?name=north')
  await page.getByRole('button', { name: 'Continue' }).click()
  await signInThere(page, email)
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
})

test('where it is required, whoever signs in otherwise is sent there; whom the provider names and nobody knows is refused', async () => {
  const owner = await portal.signedIn('valid')
  const member = await joined(portal, owner, 'max@nowhere.example', 'Max Example')
  await owner.getByRole('link', { name: 'Sign-in', exact: true }).click()
  const newcomer = await portal.visit()
  await newcomer.goto(await invited(portal, owner, 'nia@nowhere.example'))
  await newcomer.getByRole('button', { name: 'Join with single sign-on' }).click()
  await signInThere(newcomer, 'nia@nowhere.example')
  await newcomer.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  await owner.getByLabel('Members must sign in there').click()
  await owner.getByLabel('Except this administrator').selectOption({ index: 1 })
  await owner.getByRole('button', { name: 'Save' }).click()
  await owner.getByText('Single sign-on is set.').waitFor()

  await member.goto('/administration/users')
  await member.getByText('Your company requires you to sign in at its own provider.', { exact: false }).waitFor()
  await expectNoBarriers(member)
  await member.getByRole('link', { name: 'Your own account' }).click()
  await member.getByRole('heading', { name: 'Your account', level: 1 }).waitFor()
  await member.getByText('Your company requires single sign-on').waitFor()
  await member.getByRole('link', { name: 'Sign in with single sign-on' }).click()
  await member.getByRole('button', { name: 'Continue' }).click()
  await signInThere(member, 'max@nowhere.example')
  await member.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()

  const stranger = await portal.visit()
  await stranger.goto('/sign-in/company?name=north')
  await stranger.getByRole('button', { name: 'Continue' }).click()
  await signInThere(stranger, 'stranger@nowhere.example')
  await stranger.getByText('No member of the company has the address that the provider names.', { exact: false }).waitFor()
  await expectNoBarriers(stranger)
  await stranger.getByRole('link', { name: 'Begin again' }).click()
  await stranger.getByLabel('Your company’s sign-in name').waitFor()

  const vendor = await portal.signedIn('vendor', undefined, `/companies/${portal.organization('valid').id}`)
  await vendor.getByText('On, and required').waitFor()
  await vendor.getByRole('button', { name: 'Turn off', exact: true }).click()
  await vendor.getByRole('dialog').getByRole('button', { name: 'Turn off', exact: true }).click()
  await vendor.getByText('Single sign-on is turned off.').waitFor()
  await expectNoBarriers(vendor)

  const exempt = await portal.visit()
  await exempt.goto('/sign-in')
  await signIn(exempt, portal.person('valid'))
  await exempt.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  await exempt.getByRole('link', { name: 'Sign-in', exact: true }).click()
  await exempt.getByRole('button', { name: 'Remove single sign-on' }).click()
  await exempt.getByRole('dialog').getByRole('button', { name: 'Remove single sign-on' }).click()
  await exempt.getByText('Single sign-on is removed.').waitFor()
  await member.goto('/')
  await member.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor()
})
