import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectNoBarriers } from './barriers.ts'
import { asked } from './people.ts'
import { openPortal, type Portal } from './portal.ts'

/** Where pictures of the pages are to be kept, for people; they prove nothing by themselves. */
const pictures = process.env.ASSENT_TEST_PICTURES

let portal: Portal
beforeAll(async () => {
  if (pictures) mkdirSync(pictures, { recursive: true })
  portal = await openPortal()
})
afterAll(async () => {
  await portal?.close()
})

type Page = Awaited<ReturnType<Portal['signedIn']>>

async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return
  for (const [size, width, height] of [
    ['desktop', 1280, 1400],
    ['phone', 360, 1400],
  ] as const) {
    await page.setViewportSize({ width, height })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await expect.poll(() => page.locator('html').getAttribute('data-mantine-color-scheme')).toBe(colorScheme)
      await page.screenshot({ path: join(pictures, `${name}-${size}-${colorScheme}.png`) })
    }
  }
}

/** Asks the device-data API as a partner's program. */
function read(secret: string, path: string): Promise<Response> {
  return fetch(`${portal.server.url}/rest/v1${path}`, { headers: { authorization: `Bearer ${secret}` } })
}

async function partnerKey(name: string): Promise<string> {
  const partner = await portal.signedIn('partner')
  const { body } = await asked<{ secret: string }>(partner, 'POST', '/keys', { name, kind: 'all' })
  await partner.context().close()
  return body.secret
}

test('a customer sees who reads its data as it happens, what was refused, and takes it away as a file', async () => {
  const { id } = portal.organization('valid')
  const page = await portal.signedIn('valid')
  // A server that has much else to do when the page is opened: what comes after is seen no later.
  const busyMs = 1_000
  await page.route('**/api/v1/accesses/sums?*', (route) => setTimeout(busyMs).then(() => route.continue()), { times: 1 })
  await page.getByRole('link', { name: 'Access history' }).click()
  await page.getByText('Nobody read your data in this time').waitFor()

  // Another process, which wrote last an hour ago and never said that it ends.
  await portal.server.database.system.rows(sql`
    insert into access_run (id, started_at, written_at)
    values ('gone', statement_timestamp() - interval '2 hours', statement_timestamp() - interval '1 hour')`)
  const secret = await partnerKey('Night shift')
  for (const path of ['inventory', 'alarms', 'inventory/nothing']) await read(secret, `/organizations/${id}/${path}`)
  const detail = page.getByRole('table', { name: 'In detail' })
  const row = detail.getByRole('row', { name: /Night shift.*Whole inventory.*Read/s })
  await row.waitFor()
  await detail.getByRole('row', { name: /One device.*Failed \(404\)/s }).waitFor()
  await page.getByRole('img', { name: /Requests by the day/ }).waitFor()
  await page
    .getByRole('note')
    .getByText(/^Accesses may be missing/)
    .waitFor()

  await page.getByRole('combobox', { name: 'Outcome' }).selectOption('Failed')
  await expect.poll(() => detail.getByRole('row').count()).toBe(2)
  // Of a browser, too, whose language is no well-formed tag, charts are drawn.
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'language', { get: () => 'en-US@posix' }))
  await page.reload()
  await expect.poll(() => detail.getByRole('row').count()).toBe(2)
  await page.getByRole('combobox', { name: 'Outcome' }).selectOption('Any outcome')
  await row.waitFor()

  const sums = page.getByRole('table', { name: 'Sums' })
  const day = sums.getByRole('row', { name: /Night shift/ }).getByRole('button')
  await day.waitFor()
  const canvas = () => page.locator('canvas').first().elementHandle()
  const onScreen = await canvas()
  await page.emulateMedia({ media: 'print' })
  // The chart is drawn anew, in the colours of paper; and a row's own button stays, for it says which day it is.
  await expect.poll(async () => (await canvas())?.evaluate((now, before) => now === before, onScreen)).toBe(false)
  expect(await day.isVisible()).toBe(true)
  expect(await page.getByRole('link', { name: 'Export CSV' }).isVisible()).toBe(false)
  await page.emulateMedia({ media: 'screen' })
  await day.click()
  await page.getByRole('img', { name: /Requests by the hour/ }).waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export CSV' }).click()
  expect((await download).suggestedFilename()).toMatch(/^accesses-.*\.csv$/)
  await page.getByRole('button', { name: '×' }).click()

  // A consent that is withdrawn refuses the next access, which is told as well.
  const { body } = await asked<{ partners: { partnershipId: string }[] }>(page, 'GET', '/partners')
  const consent = `/partnerships/${body.partners[0]?.partnershipId}/consent`
  await asked(page, 'DELETE', consent)
  expect((await read(secret, `/organizations/${id}/alarms`)).status).toBe(403)
  await detail.getByRole('row', { name: /Refused \(403\)/ }).waitFor()
  await asked(page, 'PUT', consent, {})
  await picture(page, 'access-history')
  await expectNoBarriers(page)
})

test('the record of acts is searched, taken away and verified by an administrator', async () => {
  const page = await portal.signedIn('valid')
  await page.getByRole('link', { name: 'Activity' }).click()
  const acts = page.getByRole('table', { name: 'Acts' })
  await acts
    .getByRole('row', { name: /Signed in/ })
    .first()
    .waitFor()
  await page.getByRole('combobox', { name: 'What' }).selectOption('Consent')
  await acts
    .getByRole('row', { name: /Consent given/ })
    .first()
    .waitFor()
  await expect.poll(() => acts.getByRole('row', { name: /Signed in/ }).count()).toBe(0)
  const given = acts.getByRole('row', { name: /Consent given/ }).first()
  await given.getByText('Show').click()
  await given.getByText(/partnership_id/).waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export CSV' }).click()
  expect((await download).suggestedFilename()).toMatch(/^activity-.*\.csv$/)

  await page.getByRole('button', { name: 'Verify now' }).click()
  await page.getByText('Nothing was changed').waitFor()
  await page.getByText(/held against \d+ signed heads/).waitFor()
  await picture(page, 'activity')
  await expectNoBarriers(page)

  await portal.server.database.system.rows(
    sql`update act set record = replace(record, 'consent', 'cansent') where verb = 'consent.given'`,
  )
  await page.getByRole('button', { name: 'Verify again' }).click()
  await page.getByText('The record was changed').waitFor()
  await page
    .getByText(/its record does not make its digest/)
    .first()
    .waitFor()
})

test("a gateway's token is replaced: the former is refused at once, the new one is shown with what to do", async () => {
  const page = await portal.signedIn('valid')
  await page.goto('/administration/gateways')
  const gateway = async (token: string) =>
    (await fetch(`${portal.server.url}/ingest/v1/gateway`, { headers: { authorization: `Bearer ${token}` } })).status
  await page.getByRole('button', { name: 'Add gateway' }).click()
  await page.getByLabel('Name').fill('Attic')
  await page.getByRole('dialog').getByRole('button', { name: 'Add gateway' }).click()
  const shown = page.getByRole('group', { name: 'Gateway token' }).locator('code')
  const former = await shown.innerText()
  await page.getByRole('dialog').getByRole('button', { name: 'Copy', exact: true }).first().click()
  await page.getByRole('button', { name: 'Done' }).click()
  expect(await gateway(former)).toBe(200)
  await page.getByRole('row', { name: /Attic.*In contact/s }).waitFor()

  await page.getByRole('button', { name: 'Replace token of Attic' }).click()
  await page.getByText('The present token is refused at once.').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Replace token' }).click()
  await page.getByText('Start the gateway again').waitFor()
  const renewed = await shown.innerText()
  expect([await gateway(former), await gateway(renewed)]).toEqual([401, 200])
  await picture(page, 'replace-token')
  await expectNoBarriers(page)
})
