import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { barriers } from './barriers.ts'
import { openPortal, type Portal } from './portal.ts'

let portal: Portal
let page: Page
/** Whatever the page asked for, also where the browser did not let it. */
const asked: string[] = []

beforeAll(async () => {
  portal = await openPortal()
  page = await portal.visit({ viewport: { width: 1280, height: 900 } })
  page.on('request', (request) => asked.push(request.url()))
  await page.goto('/rest/')
})
afterAll(async () => {
  await portal?.close()
})

const operation = 'List the organizations that the key covers'

/** Sends the operation with this key by the page's own means. Returns the status and the body that it shows. */
async function tried(key: string): Promise<{ status: number; shown: string }> {
  await page.getByPlaceholder('Token').first().fill(key)
  await page.getByRole('link', { name: operation }).click()
  await page.getByRole('button', { name: 'Test Request' }).first().click()
  const client = page.getByRole('dialog')
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/rest/v1/organizations')),
    client.getByRole('button', { name: /^Send get request/ }).click(),
  ])
  const status = answer.status()
  await client.getByText(String(status)).first().waitFor()
  const shown = await client.innerText()
  await page.keyboard.press('Escape')
  await client.waitFor({ state: 'hidden' })
  return { status, shown }
}

test('a key is tried on the docs page, which shows the organizations that it covers, and asks nothing of another host', async () => {
  const { keys } = JSON.parse(readFileSync(join(portal.server.dataDir, 'world.json'), 'utf8')) as { keys: { all: string } }
  const { id, label } = portal.organization('valid')
  const { status, shown } = await tried(keys.all)
  expect(status).toBe(200)
  expect(shown).toContain(id)
  expect(shown).toContain(label)
  expect((await tried('a-key-of-something-else')).shown).toContain('The key is not accepted')

  expect(asked.length).toBeGreaterThan(3)
  expect(asked.filter((url) => new URL(url).origin !== new URL(portal.server.url).origin)).toEqual([])
})

test('the docs are found from the portal, are read at any width in light and dark, and say in words what a guide is for', async () => {
  const reader = await portal.signedIn('valid')
  await reader.getByRole('button', { name: /account menu$/ }).click()
  await reader.getByRole('menuitem', { name: 'Documentation' }).click()
  await reader.getByRole('link', { name: 'For customers' }).first().click()
  await reader.getByRole('heading', { level: 1, name: /^For customers/ }).waitFor()
  for (const path of ['/docs', '/docs/guides/customer', '/docs/contract']) {
    await reader.goto(path)
    for (const width of [360, 1280]) {
      await reader.setViewportSize({ width, height: 800 })
      expect(await reader.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
      for (const colorScheme of ['dark', 'light'] as const) {
        await reader.emulateMedia({ colorScheme })
        expect(await barriers(reader), `${path}, ${width}, ${colorScheme}`).toEqual([])
      }
    }
  }
})
