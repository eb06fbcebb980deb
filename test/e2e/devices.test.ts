import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rollUpMeasurements } from '../../src/jobs/roll-ups.ts'
import { newGateway, type TestGateway } from '../support/ingest.ts'
import { expectNoBarriers } from './barriers.ts'
import { openPortal, type Portal } from './portal.ts'

let portal: Portal
let gateway: TestGateway
let reports = 0

beforeAll(async () => {
  portal = await openPortal()
  gateway = await newGateway(portal.server, portal.organization('no consent').id)
  await gateway.send({
    batchId: 'devices',
    inventory: {
      full: true,
      locations: [],
      devices: [
        { ref: 'ups', type: 'UPS', label: 'UPS of the test', modelName: 'Holdfast 3000' },
        { ref: 'calm', type: 'UPS', label: 'UPS that measures rarely' },
        { ref: 'probe', type: 'PROBE', label: 'Lone probe' },
        { ref: 'frame', type: 'BATTERY_FRAME', label: 'Spare frame', parentRef: 'ups' },
      ],
    },
    sensors: {
      full: true,
      sensors: [
        { ref: 'load', deviceRef: 'ups', label: 'Load', type: 'LOAD', unit: '%' },
        { ref: 'fan', deviceRef: 'ups', label: 'Fan', type: 'STATUS' },
        { ref: 'calm load', deviceRef: 'calm', label: 'Load', type: 'LOAD', unit: '%' },
        { ref: 'calm fan', deviceRef: 'calm', label: 'Fan', type: 'STATUS' },
        { ref: 'aisle', deviceRef: 'probe', label: 'Cold aisle nine', type: 'TEMPERATURE', unit: '°C' },
        { ref: 'feed', deviceRef: 'probe', label: 'Feed nine', type: 'APPARENT_POWER', unit: 'kVA' },
        { ref: 'tap', deviceRef: 'probe', label: 'Tap nine', type: 'APPARENT_POWER', unit: 'VA' },
        { ref: 'idle', deviceRef: 'probe', label: 'Idle nine', type: 'APPARENT_POWER', unit: 'VA' },
        { ref: 'dew', deviceRef: 'probe', label: 'Warm aisle', type: 'TEMPERATURE', unit: '°F' },
      ],
    },
  })
})
afterAll(async () => {
  await portal?.close()
})

async function measure(...given: [ref: string, minutesBack: number, value: number | string][]): Promise<void> {
  reports += 1
  const lines = given.map(([sensorRef, minutesBack, value]) => ({
    sensorRef,
    timestamp: new Date(Date.now() - minutesBack * 60_000).toISOString(),
    ...(typeof value === 'number' ? { numericValue: value } : { stringValue: value }),
  }))
  expect((await gateway.measure(`m-${reports}`, lines)).body).toMatchObject({ accepted: given.length })
}

/** What the table says of a sensor: its row's cells, without when it was measured. */
async function factsOf(page: Page, sensor: string): Promise<string[]> {
  const cells = await page
    .getByRole('table', { name: /^Sensors/ })
    .getByRole('row', { name: sensor })
    .getByRole('cell')
    .allInnerTexts()
  return cells.filter((_, place) => place !== 1).map((text) => text.replaceAll('\u00a0', ' '))
}

/** Connected: what is measured comes at once. */
const connected = (page: Page) => page.getByRole('region', { name: 'Sensors' }).getByText(/^(Live|Waiting for values)$/)

/** Collects what a screen reader reads out by itself from now on: whatever changes in a live region, or comes as one. */
async function readOut(page: Page): Promise<() => Promise<string[]>> {
  const said = await page.evaluateHandle(() => {
    const live = '[role="status"], [role="alert"], [role="log"], [aria-live]'
    const texts: string[] = []
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        const regions = [target, ...addedNodes].map((node) =>
          (node instanceof Element ? node : node.parentElement)?.closest(live),
        )
        texts.push(...regions.flatMap((region) => region?.textContent || []))
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
    return texts
  })
  return () => said.jsonValue()
}

test('a device is found in the list, and its page tells each sensor’s latest value, and minimum, maximum and mean of the range', async () => {
  const day = 24 * 60
  await measure(
    ['load', 30, 20],
    ['load', 20, 60],
    ['load', 2 * day, 100],
    ['load', 80 * day, 10],
    ['load', 10, 40],
    ['fan', 10, 'on'],
  )
  await rollUpMeasurements(portal.server.context)
  const page = await portal.signedIn('no consent')
  await page.getByRole('link', { name: 'Inventory', exact: true }).click()
  await page.getByRole('searchbox', { name: 'Search the inventory' }).fill('of the test')
  await page.getByText(/^1 of \d+ devices$/).waitFor()
  await page.getByRole('link', { name: 'UPS of the test' }).click()
  await page.getByRole('heading', { level: 1, name: 'UPS of the test' }).waitFor()
  await page.getByRole('region', { name: 'About this device' }).getByText('Holdfast 3000').waitFor()
  await page.getByRole('region', { name: 'Parts' }).getByRole('link', { name: 'Spare frame' }).waitFor()
  await expect.poll(() => factsOf(page, 'Load')).toEqual(['40 %', '20 %', '60 %', '40 %'])
  expect(await factsOf(page, 'Fan')).toEqual(['on', '–', '–', '–'])
  await page
    .getByRole('img', { name: /^Load, last 24 hours/ })
    .locator('canvas')
    .waitFor()

  await page.getByRole('radio', { name: 'Last 24 hours' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('table', { name: 'Sensors, last 7 days' }).waitFor()
  await expect.poll(() => factsOf(page, 'Load')).toEqual(['40 %', '20 %', '100 %', '55 %'])

  // Of 90 days the chart goes on live as well, and whoever cannot see it has the same in the table.
  await page.keyboard.press('ArrowRight')
  await page.getByRole('table', { name: 'Sensors, last 90 days' }).waitFor()
  await expect.poll(() => factsOf(page, 'Load')).toEqual(['40 %', '10 %', '100 %', '46 %'])
  const chart = page.getByRole('img', { name: /^Load, last 90 days\. The table below/ })
  await chart.locator('canvas').waitFor()
  await connected(page).waitFor()
  expect(await connected(page).innerText()).toBe('Waiting for values')
  await expectNoBarriers(page)
  await measure(['load', 0, 46])
  await expect.poll(() => factsOf(page, 'Load')).toEqual(['46 %', '10 %', '100 %', '46 %'])
  await expect.poll(() => connected(page).innerText()).toBe('Live')
})

test('a value that a gateway sends appears without anybody loading the page again, and nothing is read out for it', async () => {
  await measure(['calm load', 10, 20], ['calm fan', 10, 'on'])
  const page = await portal.signedIn('no consent')
  await page.goto('/devices')
  await page.getByRole('searchbox', { name: 'Search the inventory' }).fill('measures rarely')
  await page.getByRole('treeitem', { name: 'UPS that measures rarely' }).dblclick()
  await page.getByText('Waiting for values').waitFor()
  const said = await readOut(page)
  await measure(['calm load', 0, 87], ['calm fan', 0, 'off'])
  await expect.poll(async () => (await factsOf(page, 'Load')).at(0)).toBe('87 %')
  expect((await factsOf(page, 'Load')).at(2)).toBe('87 %')
  expect((await factsOf(page, 'Fan')).at(0)).toBe('off')
  await expect.poll(() => connected(page).innerText()).toBe('Live')
  expect(await said()).toEqual([])
})

test('a sensor is found by its name in the inventory, by Ctrl-K and among all, the highest value first, and leads to its chart', async () => {
  await measure(['aisle', 0, 99.5], ['dew', 0, 110], ['feed', 0, 41], ['tap', 0, 900])
  const page = await portal.signedIn('no consent', {}, '/inventory')
  await page.getByRole('searchbox', { name: 'Search the inventory' }).fill('aisle nine')
  const found = page.getByRole('treeitem', { name: /Lone probe.*Sensor: Cold aisle nine/ })
  await found.getByRole('link').click()
  const isAtChart = async () => {
    await page.getByRole('heading', { level: 1, name: 'Lone probe' }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toMatch(/^Cold aisle nine/)
  }
  await isAtChart()

  await page.getByRole('link', { name: 'Sensors', exact: true }).click()
  const type = page.getByRole('combobox', { name: 'Type' })
  await type.selectOption('Temperature')
  const table = page.getByRole('table', { name: 'Sensors and their latest values' })
  await page.getByRole('combobox', { name: 'Order' }).selectOption('Highest first')
  const first = table.getByRole('row').nth(1)
  await expect.poll(() => first.innerText()).toMatch(/^Cold aisle nine\s+Lone probe[\s\S]*99\.5/)
  await page.waitForURL(/\/sensors\?type=TEMPERATURE&order=highest$/)
  await first.getByRole('link', { name: 'Cold aisle nine' }).click()
  await isAtChart()
  await page.goBack()
  await expect.poll(() => type.inputValue()).toBe('TEMPERATURE')
  await type.selectOption('Apparent power')
  const names = () => table.getByRole('rowheader').allInnerTexts()
  await expect.poll(names).toEqual(['Feed nine', 'Tap nine', 'Idle nine'])
  // The head of a column and the choice are one order; what measured nothing stands last either way round.
  await table.getByRole('button', { name: 'Latest' }).click()
  await expect.poll(names).toEqual(['Tap nine', 'Feed nine', 'Idle nine'])
  expect(await page.getByRole('combobox', { name: 'Order' }).inputValue()).toBe('lowest')

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search and commands' }).fill('aisle nine')
  await page.getByRole('option', { name: 'Find sensors: aisle nine', selected: true }).waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => table.getByRole('row').count()).toBe(2)
  expect(await page.getByRole('searchbox', { name: 'Search sensors' }).inputValue()).toBe('aisle nine')
})

test('a stream that breaks is opened again, and what was missed is there', async () => {
  const page = await portal.signedIn('no consent')
  await page.goto('/inventory')
  await page.route('**/measurements/live', (route) => route.abort())
  await page.getByRole('searchbox', { name: 'Search the inventory' }).fill('of the test')
  await page.getByRole('link', { name: 'UPS of the test' }).click()
  await page.getByText('Connecting again').waitFor()
  await measure(['load', 0, 12])
  await page.unroute('**/measurements/live')
  await connected(page).waitFor()
  await expect.poll(async () => (await factsOf(page, 'Load')).at(0)).toBe('12 %')
})

test('the server being away is told, with a way to try again', async () => {
  const page = await portal.signedIn('no consent')
  await page.route('**/inventory-tree', (route) => route.abort())
  await page.goto('/inventory')
  await page.getByRole('alert').getByText('The server cannot be reached').waitFor()
  await page.unroute('**/inventory-tree')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('tree', { name: 'Locations and devices' }).waitFor()
})

test('a partner sees a valid customer’s devices as they measure, and no longer when consent is withdrawn', async () => {
  const { id, label } = portal.organization('valid')
  const partner = await portal.signedIn('partner')
  const customer = await portal.signedIn('valid', {}, '/administration/subscriptions')
  const limited = customer.getByText('Limited to', { exact: false })
  const turnInventory = async () => {
    await customer.getByLabel('Locations and devices').click()
    await customer.getByRole('button', { name: 'Save options' }).click()
  }
  await customer.getByText('Which data, and until when', { exact: true }).click()
  await turnInventory()
  await limited.waitFor()
  await partner.goto(`/customers/${id}/sensors`)
  // Without the inventory, devices have no page to lead to.
  const sensors = partner.getByRole('table', { name: 'Sensors and their latest values' })
  await sensors.getByRole('rowheader').first().waitFor()
  expect(await sensors.getByRole('link').count()).toBe(0)
  await turnInventory()
  await limited.waitFor({ state: 'detached' })

  await partner.goto('/customers')
  await partner.getByRole('link', { name: `Inventory of ${label}` }).click()
  await partner.getByRole('searchbox', { name: 'Search the inventory' }).fill('UPS A, Electrical Room')
  await partner.getByRole('searchbox', { name: 'Search the inventory' }).fill('UPS A, Electrical Room')
  await partner.getByRole('link', { name: 'UPS A, Electrical Room' }).click()
  await connected(partner).waitFor()
  await expect.poll(async () => (await factsOf(partner, 'Load')).at(0)).toMatch(/^\d+(\.\d)? %$/)
  await partner.getByRole('img', { name: /^Load/ }).locator('canvas').waitFor()
  const address = partner.url()
  expect(address).toContain(`/customers/${id}/devices/`)
  // What is not there is not told as closed, whether the customer or only the device is unknown.
  const unknown = portal.organization('not connected').id
  for (const path of [`${id}/devices/nothing`, `${id}/alarms/nothing`, `${unknown}/devices`]) {
    await partner.goto(`/customers/${path}`)
    await partner.getByRole('heading', { name: 'Page not found' }).waitFor()
  }
  await partner.goto(address)
  await connected(partner).waitFor()

  await customer.getByRole('checkbox', { name: 'Allow API access to device data' }).uncheck()
  await customer.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
  await customer.getByText('Saved. Access is withdrawn.').waitFor()
  const closed = partner.getByRole('heading', { name: 'Not shared with your company' })
  await closed.waitFor()
  await partner.goto(address)
  await closed.waitFor()
  // What is closed is not asked for again and again: each refusal stands in the customer's history.
  const asked: string[] = []
  partner.on('request', (request) => /\/organizations\/.*\/sensors/.test(request.url()) && asked.push(request.url()))
  await partner.goto(`/customers/${id}/sensors`)
  await closed.waitFor()
  expect(asked).toEqual([])
  await partner.getByRole('link', { name: 'See why, and ask for consent' }).click()
  await partner.getByRole('heading', { name: label, level: 1 }).waitFor()
})
