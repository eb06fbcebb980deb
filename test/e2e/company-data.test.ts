import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { confirmedMinutesAgo } from '../support/accounts.ts'
import { pressed } from './keyboard.ts'
import { openPortal, type Portal, signIn } from './portal.ts'

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})
afterAll(async () => {
  await portal?.close()
})

async function onCompanyData(who: Parameters<Portal['signedIn']>[0]): Promise<Page> {
  const page = await portal.signedIn(who)
  await pressed(page.getByRole('link', { name: 'Company data' }))
  await page.getByRole('heading', { name: 'Company data', level: 1 }).waitFor()
  return page
}

async function onAccount(page: Page): Promise<void> {
  await page.goto('/account')
  await page.getByRole('heading', { name: 'Your own data' }).waitFor()
}

async function downloaded(page: Page, name: string): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), pressed(page.getByRole('link', { name }))])
  return readFileSync(await download.path())
}

test('an administrator takes the company’s data and the own away as files', async () => {
  const page = await onCompanyData('valid')
  const { email, password } = portal.person('valid')
  await confirmedMinutesAgo(portal.server, email, 16)
  const asked = page.getByRole('dialog')
  await pressed(page.getByRole('button', { name: 'Download company data' }))
  await asked.getByLabel('Your password').fill(password)
  const [first] = await Promise.all([page.waitForEvent('download'), pressed(asked.getByRole('button', { name: 'Confirm' }))])
  const lines = gunzipSync(readFileSync(await first.path()))
    .toString('utf8')
    .trimEnd()
    .split('\n')
  expect(JSON.parse(lines[0] as string)).toMatchObject({ companyId: portal.organization('valid').id })
  expect(lines).toContain('["part","inventory"]')
  await onAccount(page)
  const own = JSON.parse((await downloaded(page, 'Download your data')).toString('utf8'))
  expect(own.person).toEqual([expect.objectContaining({ email })])
})

test('the last administrator’s account is not erased: the question says why', async () => {
  const page = await portal.signedIn('partner')
  await onAccount(page)
  await pressed(page.getByRole('button', { name: 'Erase your account' }))
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Your email address').fill('somebody@else.example')
  await pressed(dialog.getByRole('button', { name: 'Erase my account' }))
  await dialog.getByText('This is not the address that you sign in with.').waitFor()
  await dialog.getByLabel('Your email address').fill(portal.person('partner').email)
  await pressed(dialog.getByRole('button', { name: 'Erase my account' }))
  expect(await dialog.getByRole('alert').innerText()).toMatch(/last administrator[\s\S]*close the company/)
})

test('a company is closed once its name is typed, its people are out, and the vendor takes it back', async () => {
  const { company } = portal.person('no consent')
  const page = await onCompanyData('no consent')
  await pressed(page.getByRole('button', { name: 'Close company' }))
  const dialog = page.getByRole('dialog')
  expect(await dialog.innerText()).toMatch(/Partners can no longer read your data[\s\S]*After 30 days/)
  await pressed(dialog.getByRole('button', { name: 'Close this company' }))
  await dialog.getByText('This is not the name of the company.').waitFor()
  await dialog.getByLabel('Name of the company').fill(company)
  await pressed(dialog.getByRole('button', { name: 'Close this company' }))
  await page.getByText('Your session has ended.', { exact: false }).waitFor()
  await signIn(page, portal.person('no consent'))
  await page.getByRole('alert').waitFor()

  const vendor = await portal.signedIn('vendor')
  await pressed(vendor.getByRole('link', { name: company }))
  await vendor.getByText('Closed since', { exact: false }).waitFor()
  await pressed(vendor.getByRole('button', { name: 'Take back' }))
  await vendor.getByText(`${company} is taken back.`, { exact: false }).waitFor()
  await vendor.getByRole('button', { name: 'Close company' }).waitFor()
  await portal.signedIn('no consent')
})
