import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type Nut, startNut, usualUps } from '../support/nut.ts'
import { type OwnProcess, startProcess, until } from '../support/own-process.ts'
import { startServer, type TestServer } from '../support/server.ts'

interface World {
  people: { company: string; kind: string; email: string; password: string }[]
  organizations: { id: string; label: string; state: string }[]
}

let server: TestServer
let nut: Nut
let browser: Browser
let gateway: OwnProcess | undefined
let directory: string

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'assent-main-job-'))
  server = await startServer({ engine: 'embedded', world: true })
  nut = await startNut({ ups: { hall2: usualUps } })
  browser = await launchBrowser()
})
afterAll(async () => {
  gateway?.signal('SIGTERM')
  await gateway?.ended
  await browser?.close()
  await nut?.stop()
  await server?.close()
  rmSync(directory, { recursive: true, force: true })
})

test('a real device reaches a partner’s program by consent, and no longer when the consent is withdrawn', async () => {
  const world = JSON.parse(readFileSync(join(server.dataDir, 'world.json'), 'utf8')) as World
  const customer = world.organizations.find(({ state }) => state === 'no consent')
  const partner = world.people.find(({ kind }) => kind === 'partner')
  if (!customer || !partner) throw new Error('The world lacks the customer or the partner.')

  const ours = await signedIn(world, customer.label)
  gateway = startProcess(['gateway/src/main.ts', '--config', configuration(await newGatewayToken(ours))])
  await allow(ours)

  const theirs = await signedIn(world, partner.company)
  const read = programWith(await newKey(theirs))
  expect(await organizationIds(read)).toContain(customer.id)

  const ups = await until('the UPS in the inventory', async () => {
    const { body } = await read<{ inventoryObjects: InventoryObject[] }>(`/organizations/${customer.id}/inventory`)
    return body.inventoryObjects.find(({ serialNumber }) => serialNumber === usualUps['device.serial'])
  })
  const { body: sensors } = await read<{ sensors: { deviceId: string }[] }>(`/organizations/${customer.id}/sensors`)
  expect(sensors.sensors.filter(({ deviceId }) => deviceId === ups.id).length).toBeGreaterThan(3)

  let { offset } = (await read<{ offset: number }>(`/organizations/${customer.id}/alarms`)).body
  await nut.set('ups.status', 'OB DISCHRG')
  const alarm = await until('the alarm among the changes', async () => {
    const { body } = await read<AlarmChanges>(`/organizations/${customer.id}/alarm-changes/${offset}`)
    offset = body.offset
    return body.alarms.find(({ deviceId }) => deviceId === ups.id)
  })
  expect(alarm).toMatchObject({ label: expect.stringMatching(/on battery/i), severity: expect.any(String) })
  expect(alarm).not.toHaveProperty('clearedTime')

  await withdraw(ours)
  expect((await read(`/organizations/${customer.id}/inventory`)).status).toBe(403)
  expect(await organizationIds(read)).not.toContain(customer.id)

  await allow(ours)
  expect((await read(`/organizations/${customer.id}/inventory`)).status).toBe(200)
  expect(await organizationIds(read)).toContain(customer.id)

  await ours.getByRole('link', { name: 'Gateways' }).click()
  const row = ours.getByRole('row', { name: 'Hall 2' })
  await expect.poll(() => row.innerText(), { timeout: 30_000 }).toMatch(/In contact[\s\S]*Nothing\s+1\s+assent-gateway\/\d/)
})

interface InventoryObject {
  id: string
  serialNumber?: string
}

interface AlarmChanges {
  alarms: { deviceId: string; label: string }[]
  offset: number
}

type Read = <Body>(path: string) => Promise<{ status: number; body: Body }>

async function signedIn(world: World, company: string): Promise<Page> {
  const person = world.people.find((one) => one.company === company)
  const page = await (await browser.newContext()).newPage()
  await page.goto(server.url)
  await page.getByLabel('Email').fill(person?.email ?? '')
  await page.getByLabel('Password', { exact: true }).fill(person?.password ?? '')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
  return page
}

async function newGatewayToken(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Gateways' }).click()
  await page.getByRole('button', { name: 'Add gateway' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Hall 2')
  await dialog.getByRole('button', { name: 'Add gateway' }).click()
  return shownOnce(page, /gw_[0-9A-Za-z]+/)
}

async function newKey(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'API', exact: true }).click()
  await page.getByRole('button', { name: 'Generate new API key' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Alarm desk')
  await dialog.getByLabel('All Customers').check()
  await dialog.getByRole('button', { name: 'Generate key' }).click()
  return shownOnce(page, /ak_live_[0-9A-Za-z]+/)
}

async function shownOnce(page: Page, shape: RegExp): Promise<string> {
  const dialog = page.getByRole('dialog')
  const copy = dialog.getByRole('button', { name: /^Copy/ }).first()
  await copy.waitFor()
  const values = await dialog.locator('input, textarea').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))
  const secret = shape.exec(`${await dialog.innerText()} ${values.join(' ')}`)?.[0]
  if (!secret) throw new Error('The secret is not shown.')
  await copy.click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(await page.content()).not.toContain(secret)
  return secret
}

const consent = (page: Page) => page.getByLabel('Allow API access to device data')

async function allow(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Subscriptions' }).click()
  await consent(page).click()
  await page.getByText('Saved. Access is allowed.').first().waitFor()
  expect(await consent(page).isChecked()).toBe(true)
}

async function withdraw(page: Page): Promise<void> {
  await consent(page).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
  await page.getByText('Saved. Access is withdrawn.').first().waitFor()
  expect(await consent(page).isChecked()).toBe(false)
}

function configuration(token: string): string {
  const file = join(directory, 'gateway.yaml')
  const lines = [
    `server: { url: "${server.url}", token: "${token}" }`,
    'dataDirectory: ./gateway-data',
    'pollSeconds: 0.2',
    `devices: [{ type: nut, host: 127.0.0.1, port: ${nut.port}, name: hall2, location: Hall 2 }]`,
  ]
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 })
  return file
}

function programWith(key: string): Read {
  return async <Body>(path: string) => {
    const answer = await fetch(`${server.url}/rest/v1${path}`, { headers: { authorization: `Bearer ${key}` } })
    return { status: answer.status, body: (await answer.json()) as Body }
  }
}

async function organizationIds(read: Read): Promise<string[]> {
  const { body } = await read<{ organizations: { id: string }[] }>('/organizations')
  return body.organizations.map(({ id }) => id)
}
