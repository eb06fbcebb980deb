import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newGateway, type TestGateway } from '../support/ingest.ts'
import { expectNoBarriers } from './barriers.ts'
import { focused } from './keyboard.ts'
import { openPortal, type Portal } from './portal.ts'

let portal: Portal
let gateway: TestGateway
let batches = 0

beforeAll(async () => {
  portal = await openPortal({ flags: ['--contact', 'sales@atlas.example'], mail: true })
  gateway = await newGateway(portal.server, portal.organization('not connected').id)
  const devices = [{ ref: 'crac', type: 'COOLING_UNIT', label: 'Cooling of the test' }]
  await gateway.send({ batchId: 'devices', inventory: { full: true, locations: [], devices } })
})
afterAll(async () => {
  await portal?.close()
})

async function report(ref: string, severity: 'WARNING' | 'CRITICAL', cleared = false): Promise<void> {
  batches += 1
  const activatedTime = new Date(Date.now() - 600_000).toISOString()
  const state = cleared ? { clearedTime: new Date().toISOString() } : {}
  const alarm = { ref, deviceRef: 'crac', label: ref, message: `${ref} was reported`, severity, activatedTime, ...state }
  expect((await gateway.send({ batchId: `a-${batches}`, alarms: [alarm] })).status).toBe(200)
}

const headings = (page: Page) => page.getByRole('heading', { level: 2 }).allInnerTexts()

test('alarms stand by severity, the worst first; one is acknowledged with who sees to it and a note, and its states are told', async () => {
  await report('Filter clogged', 'WARNING')
  await report('Fan stopped', 'CRITICAL')
  const page = await portal.signedIn('not connected')
  await page.getByRole('link', { name: 'Alarms', exact: true }).click()
  await page.getByRole('searchbox', { name: 'Search alarms' }).fill('of the test')
  await page.getByText('2 alarms', { exact: true }).waitFor()
  await expect.poll(() => headings(page)).toEqual(['Critical: 1', 'Warning: 1'])
  await page.getByRole('combobox', { name: 'Severity' }).selectOption('Warning')
  await expect.poll(() => headings(page)).toEqual(['Warning: 1'])
  await page.getByRole('combobox', { name: 'Severity' }).selectOption('All severities')
  await page.getByRole('button', { name: 'Acknowledge Fan stopped' }).click()
  const dialog = page.getByRole('dialog')
  const { name } = await page.evaluate(async () => (await (await fetch('/api/v1/session')).json()).person)
  await dialog.getByLabel('Who sees to it').selectOption(name)
  await dialog.getByLabel('Note').fill('Spare fan ordered')
  await dialog.getByRole('button', { name: 'Acknowledge', exact: true }).click()
  await page.getByText('The alarm is acknowledged.').waitFor()
  await expect.poll(() => page.getByRole('row', { name: 'Fan stopped' }).innerText()).toContain(name)
  await page.getByLabel('Acknowledgement').selectOption('Not acknowledged')
  await page.getByText('1 alarm', { exact: true }).waitFor()
  await page.getByLabel('Acknowledgement').selectOption('Acknowledged')
  await page.getByRole('link', { name: 'Fan stopped' }).click()
  const seen = page.getByRole('region', { name: 'Acknowledgement' })
  await expect.poll(() => seen.innerText()).toContain('Spare fan ordered')

  await report('Fan stopped', 'CRITICAL', true)
  const states = page.getByRole('table', { name: 'States of this alarm' })
  await states.getByText('Cleared', { exact: true }).waitFor({ timeout: 30_000 })
  await page.getByRole('link', { name: 'Alarms', exact: true }).first().click()
  await page.getByRole('radio', { name: 'Active' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('table', { name: 'Past alarms' }).getByRole('link', { name: 'Fan stopped' }).waitFor()
})

test('a customer finds first how its sites stand, who has access, and until when its subscription holds', async () => {
  const page = await portal.signedIn('valid')
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
  const sites = page.getByRole('region', { name: 'Your sites' })
  await expect
    .poll(() => sites.innerText())
    .toMatch(/\d+ active alarms?[\s\S]*not acknowledged[\s\S]*\d+ devices[\s\S]*1 gateway/)
  const access = page.getByRole('region', { name: 'Who has access' })
  const reader = access.getByRole('row', { name: portal.person('partner').company })
  expect(await reader.innerText()).toContain('Locations and devices; alarms; sensors and what they measure')
  const subscription = page.getByRole('region', { name: 'Your subscription' })
  await subscription.getByText('Active', { exact: true }).first().waitFor()
  expect(await subscription.getByRole('link', { name: 'sales@atlas.example' }).getAttribute('href')).toBe(
    'mailto:sales@atlas.example',
  )
  await access.getByRole('link', { name: 'Manage access' }).click()
  await page.getByRole('checkbox', { name: 'Allow API access to device data' }).waitFor()
})

test('a viewer may acknowledge, and may change nothing of the sites; a partner sees alarms without who has seen them', async () => {
  const partner = await portal.signedIn('partner')
  const { id } = portal.organization('valid')
  await partner.goto(`/customers/${id}/alarms`)
  await partner.getByRole('table').first().waitFor()
  expect(await partner.getByRole('button', { name: /^Acknowledge/ }).count()).toBe(0)
  await partner.goto(`/customers/${portal.organization('no consent').id}/alarms`)
  await partner.getByText('Alarms are not shared').waitFor()
  await partner.goto(`/customers/${id}/devices`)
  await partner.getByRole('tree').waitFor()
  expect(await partner.getByRole('button', { name: /^(New location|Edit)/ }).count()).toBe(0)
})

test('somebody is mailed of alarms as chosen, and stops the mails by what stands in one, without a sign-in', async () => {
  const page = await portal.signedIn('not connected')
  await page.getByRole('link', { name: 'Alarms', exact: true }).click()
  await page.getByRole('button', { name: 'Mail me' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('From this severity on').selectOption('Critical and worse')
  await dialog.getByRole('radio', { name: 'Chosen locations, with what lies beneath them' }).click()
  await dialog.getByRole('searchbox', { name: 'Search the list' }).waitFor()
  await dialog.getByRole('button', { name: 'Mail me' }).click()
  await dialog.getByText('Choose at least one, or all.').waitFor()
  await focused(dialog.getByRole('group', { name: 'Locations' }))
  await expectNoBarriers(page)
  await dialog.getByRole('radio', { name: 'All locations' }).click()
  await dialog.getByRole('button', { name: 'Mail me' }).click()
  await page.getByText('You are told of alarms by mail.').waitFor()

  await report('Door open', 'CRITICAL')
  const mail = await portal.smtp?.mailTo(portal.person('not connected').email, 'Door open')
  const link = /\S+\/stop-alarm-mails#\S+/.exec(mail?.text ?? '')?.[0] as string
  const anywhere = await portal.visit()
  await anywhere.goto(link)
  await anywhere.getByRole('heading', { name: 'Stop mails about alarms' }).waitFor()
  await expectNoBarriers(anywhere)
  await anywhere.getByRole('button', { name: 'Stop the mails' }).click()
  await anywhere.getByText('You get no more mails about alarms.').waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'Mail me' }).click()
  await dialog.getByText('From this severity on').waitFor()
  expect(await dialog.getByRole('button', { name: 'Stop the mails' }).count()).toBe(0)
})

test('a partner is mailed of chosen locations of chosen customers, and finds its choice again', async () => {
  const { id, label } = portal.organization('valid')
  const page = await portal.signedIn('partner', {}, `/customers/${id}/alarms`)
  const dialog = page.getByRole('dialog')
  const locations = dialog.getByRole('group', { name: 'Locations' })
  await page.getByRole('button', { name: 'Mail me' }).click()
  await dialog.getByRole('radio', { name: 'Chosen customers' }).click()
  expect(await dialog.getByRole('radio', { name: 'Chosen locations' }).count()).toBe(0)
  await dialog.getByRole('checkbox', { name: label }).click()
  await dialog.getByRole('radio', { name: 'Chosen locations' }).click()
  const first = locations.getByRole('checkbox').first()
  await first.click()
  const chosen = await first.evaluate((box) => (box as HTMLInputElement).labels?.[0]?.textContent as string)
  await locations.getByText('1 chosen').waitFor()
  await expectNoBarriers(page)
  await dialog.getByRole('button', { name: 'Mail me' }).click()
  await page.getByText('You are told of alarms by mail.').waitFor()

  await page.reload()
  await page.getByRole('button', { name: 'Mail me' }).click()
  await locations.getByText('1 chosen').waitFor()
  expect(await locations.getByRole('checkbox', { name: chosen, exact: true }).isChecked()).toBe(true)
})
