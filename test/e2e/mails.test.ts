import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { messages } from '../../src/email/messages.ts'
import { type Rendered, render } from '../../src/email/render.ts'
import { launchBrowser } from '../support/browser.ts'
import { mailFacts } from '../support/mail-facts.ts'
import { axe } from './barriers.ts'

/** Pictures of every mail, for people to look at: they prove nothing by themselves. */
const pictures = process.env.ASSENT_TEST_PICTURES
  ? join(process.env.ASSENT_TEST_PICTURES, 'mails')
  : mkdtempSync(join(tmpdir(), 'assent-mails-'))

const portal = { name: 'Exchange', url: 'https://exchange.example.com' }
const link = `https://exchange.example.com/join#in_${'a1B2'.repeat(12)}xyz`
const widths = [360, 800]

let browser: Browser
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  console.log(`Pictures of the mails: ${pictures}`)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
})

function rendered(name: string, facts: object, url: string | null = link): Rendered {
  const message = messages.get(name)
  if (message === undefined) throw new Error(`no message is called ${name}`)
  return render(message.composeKept(facts, portal), url, portal)
}

test('every message has facts to be shown with, and no others are here', () => {
  expect(Object.keys(mailFacts).sort()).toEqual([...messages.keys()].sort())
})

describe.each(Object.entries(mailFacts))('the mail %s', (name, facts) => {
  test('says the same as text and as HTML, in a subject that fits', () => {
    const { subject, text, html } = rendered(name, facts)
    expect(subject).toMatch(/^\S.{3,118}\S$/u)
    expect(`${subject}${text}`).not.toMatch(/!|undefined|null|\[object|\bNaN\b/)
    const words = (of: string) => of.replaceAll(/\s+/g, ' ')
    const shown = words(
      html
        .replace(/<head>.*<\/head>/s, '')
        .replaceAll(/<[^>]+>/g, ' ')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&')
        .replaceAll('&quot;', '"'),
    )
    for (const paragraph of text.split('--\n')[0]?.split('\n\n').filter(Boolean) ?? []) {
      for (const line of paragraph.split('\n'))
        expect(shown).toContain(words(line.replace(/^([^:]{1,30}): /, '$1 ').replace(/:$/, '')).trim())
    }
  })

  test.each(widths)('fits %i pixels without a barrier that axe finds, and asks for nothing from elsewhere', async (width) => {
    const context = await browser.newContext({ viewport: { width, height: 600 }, javaScriptEnabled: true })
    const page = await context.newPage()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.setContent(rendered(name, facts).html)
    expect(asked).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    const { violations } = await axe(page).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true })
    await context.close()
  })
})

test('a name that looks like HTML is shown as it is written', async () => {
  const page = await browser.newPage()
  const name = '<img src=x onerror=alert(1)><script>document.title = "bad"</script>'
  await page.setContent(rendered('key-generated', { ...mailFacts['key-generated'], name }).html)
  expect(await page.getByRole('heading').innerText()).toContain(name)
  expect(await page.locator('img, script').count()).toBe(0)
  await page.close()
})
