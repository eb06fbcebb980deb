import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newGateway } from '../support/ingest.ts'
import { devicesEach, largeSite } from './large-site.ts'
import { openPortal, type Portal } from './portal.ts'

let portal: Portal

beforeAll(async () => {
  portal = await openPortal()
  const gateway = await newGateway(portal.server, portal.organization('no consent').id)
  const inventory = largeSite()
  const alarms = [
    {
      ref: 'hot',
      deviceRef: 'd77',
      label: 'Too hot',
      message: 'The intake is at 41 °C',
      severity: 'CRITICAL' as const,
      activatedTime: new Date().toISOString(),
    },
  ]
  expect((await gateway.send({ batchId: 'large', inventory, alarms })).status).toBe(200)
})
afterAll(async () => {
  await portal?.close()
})

const tree = (page: Page) => page.getByRole('tree', { name: 'Locations and devices' })
const row = (page: Page, name: string | RegExp) => tree(page).getByRole('treeitem', { name })
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search the inventory' })
const choice = (page: Page, name: string) => page.getByRole('combobox', { name, exact: true })
const activeRow = (page: Page) =>
  page.evaluate(() => {
    const active = document.querySelector('[role="tree"]')?.getAttribute('aria-activedescendant') ?? ''
    const item = document.getElementById(active)
    return `${item?.getAttribute('aria-level')} ${item?.querySelector('a')?.textContent ?? item?.children[1]?.textContent}`
  })

test('the tree of ten thousand holds only the rows in sight, scrolls to its end, and is searched as one types', async () => {
  const page = await portal.signedIn('no consent')
  await page.goto('/inventory')
  await row(page, 'Large site').waitFor()
  await choice(page, 'Location').selectOption('Large site')
  await page.getByText(/^10,000 of 10,\d{3} devices$/).waitFor()
  await row(page, /Room 1 /).waitFor()
  await tree(page).evaluate((element) => element.scrollTo(0, element.scrollHeight))
  await row(page, /PDU 10000 /).waitFor()
  expect(await tree(page).getByRole('treeitem').count()).toBeLessThan(80)

  await search(page).fill('ls-004')
  await page.getByText(/^1,000 of 10,\d{3} devices$/).waitFor()
  await search(page).fill('LS-004321')
  await row(page, /PDU 4322/).waitFor()
  expect(await tree(page).getByRole('treeitem').allInnerTexts()).toHaveLength(4)
  await row(page, /PDU 4322/)
    .getByRole('link')
    .click()
  await page.getByRole('heading', { level: 1, name: 'PDU 4322' }).waitFor()
  await page.goBack()
  // It stands as it was left.
  await row(page, /PDU 4322/).waitFor()
})

test('what is printed is the page alone, black on white, with the rows out of sight; and the screen is as before', async () => {
  const page = await portal.signedIn('no consent', { colorScheme: 'dark' }, '/inventory')
  await search(page).fill('PDU 10')
  await page.getByText(/^\d+ of 10,\d{3} devices$/).waitFor()
  const rows = () => tree(page).getByRole('treeitem').count()
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const onScreen = { rows: await rows(), ground: await ground() }
  await page.emulateMedia({ media: 'print' })
  await expect.poll(rows).toBeGreaterThan(100)
  expect(onScreen.rows).toBeLessThan(100)
  expect(await page.getByRole('navigation').count()).toBe(0)
  expect(await page.getByRole('button', { name: 'New location' }).count()).toBe(0)
  expect(await ground()).toBe('rgb(255, 255, 255)')
  const heading = page.getByRole('heading', { level: 1, name: 'Inventory' })
  expect(await heading.evaluate((element) => getComputedStyle(element).color)).toBe('rgb(0, 0, 0)')
  await page.emulateMedia({ media: 'screen' })
  await expect.poll(rows).toBeLessThan(100)
  expect(await ground()).toBe(onScreen.ground)
})

test('the tree is walked, opened, closed and left for a device by the keyboard alone', async () => {
  const page = await portal.signedIn('no consent')
  await page.goto('/inventory')
  await row(page, 'Large site').waitFor()
  await tree(page).focus()
  const press = async (keys: string, expected: string) => {
    for (const key of keys.split(' ')) await page.keyboard.press(key)
    await expect.poll(() => activeRow(page)).toBe(expected)
  }
  await page.keyboard.type('large')
  await expect.poll(() => activeRow(page)).toBe('1 Large site')
  await press('ArrowRight', '2 Room 1')
  await press('ArrowRight ArrowRight', '3 Rack 1')
  await press('ArrowLeft', '2 Room 1')
  await press('ArrowLeft ArrowDown', '2 Room 2')
  await press('ArrowUp ArrowRight ArrowRight ArrowRight ArrowRight', '4 UPS 1')
  expect(await row(page, /UPS 1 /).getAttribute('aria-posinset')).toBe('1')
  expect(await row(page, /UPS 1 /).getAttribute('aria-setsize')).toBe(String(devicesEach))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'UPS 1' }).waitFor()
})

test('a click on a location opens it, and one on its arrow closes it and opens it again', async () => {
  const page = await portal.signedIn('no consent', {}, '/inventory')
  const site = row(page, 'Large site')
  const room = row(page, /Room 1 /)
  const rack = row(page, /Rack 1 /)
  const arrow = { position: { x: 16, y: 19 } }
  await room.click()
  await rack.waitFor()
  await room.click({ position: { x: 38, y: 19 } })
  await rack.waitFor({ state: 'detached' })
  await site.click(arrow)
  await room.waitFor({ state: 'detached' })
  await site.click(arrow)
  await room.waitFor()
})

test('devices are found by type, location and state', async () => {
  const page = await portal.signedIn('no consent')
  await page.goto('/inventory')
  await row(page, 'Large site').waitFor()
  await choice(page, 'State').selectOption('With active alarms')
  await row(page, /PDU 78.*Critical/).waitFor()
  await choice(page, 'State').selectOption('Any state')
  await choice(page, 'Type').selectOption('UPS')
  await choice(page, 'Location').selectOption('Large site › Room 1 › Rack 1')
  await page.getByText(/^50 of 10,\d{3} devices$/).waitFor()
  await search(page).fill('nothing is called so')
  await page.getByText('Nothing matches').waitFor()
})

test('an editor makes a location, moves and renames it, places a device in it, and removes it when it is empty', async () => {
  const page = await portal.signedIn('no consent')
  await page.goto('/inventory')
  await page.getByRole('button', { name: 'New location' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Add location' }).click()
  await dialog.getByText('Please enter a name.').waitFor()
  await dialog.getByLabel('Name').fill('Annex')
  await dialog.getByRole('combobox', { name: 'Type' }).selectOption('Room')
  await dialog.getByRole('button', { name: 'Add location' }).click()
  await page.getByText('Annex is added.').waitFor()
  await row(page, /Annex/).click()
  await page.getByRole('button', { name: 'Edit Annex' }).click()
  await dialog.getByLabel('Name').fill('East annex')
  await dialog.getByLabel('In', { exact: true }).selectOption('Large site')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText('East annex is changed.').waitFor()
  expect(await row(page, /East annex/).getAttribute('aria-level')).toBe('2')

  await search(page).fill('LS-000009')
  await row(page, /PDU 10 /)
    .getByRole('link')
    .click()
  // The inventory has such a button, too.
  await page.getByRole('heading', { level: 1, name: 'PDU 10' }).waitFor()
  await page.getByRole('button', { name: 'Edit PDU 10' }).click()
  await dialog.getByLabel('Location').selectOption('Large site › East annex')
  await dialog.getByLabel('Note', { exact: true }).fill('Key at reception')
  await dialog.getByLabel('Service due').fill('2031-05-01')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText('PDU 10 is changed.').waitFor()
  const facts = page.getByRole('region', { name: 'About this device' })
  await expect.poll(() => facts.innerText()).toMatch(/Large site › East annex[\s\S]*1 May 2031[\s\S]*Key at reception/)

  // Emptied, the note is none; taken back, the name is the gateway's. Both are people's to choose.
  await page.getByRole('button', { name: 'Edit PDU 10' }).click()
  await dialog.getByLabel('Note', { exact: true }).fill('')
  await dialog.getByLabel('Service due: as its gateway says').click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => facts.innerText()).not.toMatch(/Key at reception|1 May 2031/)
  await page.getByRole('button', { name: 'Edit PDU 10' }).click()
  await dialog.getByLabel('Note: as its gateway says').waitFor()
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  await page.goBack()
  await search(page).fill('East annex')
  await row(page, /East annex/).click()
  await page.getByRole('button', { name: 'Remove East annex' }).click()
  await dialog.getByRole('button', { name: 'Remove location' }).click()
  await dialog.getByRole('alert').getByText('This location is not empty').waitFor()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await page.goto('/inventory')
  await search(page).fill('LS-000009')
  await row(page, /PDU 10 /).click()
  await page.getByRole('button', { name: 'Edit PDU 10' }).click()
  await dialog.getByLabel('Location').selectOption('As its gateways say')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText('PDU 10 is changed.').last().waitFor()
  await search(page).fill('East annex')
  await row(page, /East annex/).click()
  await page.getByRole('button', { name: 'Remove East annex' }).click()
  await dialog.getByRole('button', { name: 'Remove location' }).click()
  await page.getByText('East annex is removed.').waitFor()
})

test('Ctrl-K leads to a device, a location and a page, and does what it names', async () => {
  const page = await portal.signedIn('no consent')
  const field = page.getByRole('combobox', { name: 'Search and commands' })
  const chosen = page.getByRole('option', { selected: true })
  const find = async (words: string, expected: string) => {
    await page.keyboard.press('Control+k')
    await field.fill(words)
    await chosen.filter({ hasText: expected }).waitFor()
    await page.keyboard.press('Enter')
    await field.waitFor({ state: 'detached' })
  }
  await find('ls-000123', 'PDU 124')
  await page.getByRole('heading', { level: 1, name: 'PDU 124' }).waitFor()
  await find('rack 17', 'Rack 17')
  await page.getByRole('group', { name: 'Actions for Rack 17', exact: true }).waitFor()
  // Also from the inventory itself, whatever was looked for in it.
  await search(page).fill('nothing is called so')
  await page.getByText('Nothing matches').waitFor()
  await find('rack 18', 'Rack 18')
  await page.getByRole('group', { name: 'Actions for Rack 18', exact: true }).waitFor()
  expect(await search(page).inputValue()).toBe('')
  await find('gatew', 'Gateways')
  await page.getByRole('heading', { level: 1, name: 'Gateways' }).waitFor()
  await find('invite', 'Invite a co-worker')
  await page.getByRole('dialog', { name: 'Invite a co-worker' }).waitFor()
})
