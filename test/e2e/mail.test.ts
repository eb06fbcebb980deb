import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { queueLinkMail, testLink } from '../support/link-mail.ts'
import { openPortal, type Portal } from './portal.ts'

let portal: Portal
let vendor: Page

beforeAll(async () => {
  portal = await openPortal()
  vendor = await portal.signedIn('vendor')
})
afterAll(async () => {
  await portal?.close()
})

test('the vendor finds under Administration > Mail what was sent to whom, and in the world to try its link as well', async () => {
  await vendor.getByRole('link', { name: 'Mail', exact: true }).click()
  await vendor.getByText('No mails yet').waitFor()
  await queueLinkMail(portal.server.context, 'robin@example.com', new Date(Date.now() + 3_600_000).toISOString())
  await vendor.reload()
  const row = vendor.getByRole('table', { name: 'Mails' }).getByRole('row', { name: 'About a link' })
  expect(await row.innerText()).toMatch(/robin@example\.com[\s\S]*Kept/)
  await row.getByRole('link', { name: 'About a link' }).click()
  await vendor.getByRole('heading', { name: 'About a link' }).waitFor()
  await vendor.getByText('robin@example.com').waitFor()
  await vendor.getByText(testLink).waitFor()
  expect(await vendor.getByRole('button', { name: 'Try again' }).count()).toBe(0)
})

test('elsewhere the link is left out, and the page says so', async () => {
  portal.server.context.isWorldToTry = false
  await vendor.reload()
  await vendor.getByText('(link withheld)').waitFor()
  await vendor.getByText('for the recipient alone').waitFor()
  expect(await vendor.getByText(testLink).count()).toBe(0)
  portal.server.context.isWorldToTry = true
})

test('nobody but the vendor has the page', async () => {
  const partner = await portal.signedIn('partner')
  await partner.goto('/administration/mail')
  await partner.getByText('Page not found').waitFor()
})
