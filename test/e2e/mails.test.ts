import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { languages } from '../../src/domain/language.ts'
import type { Composed } from '../../src/email/message.ts'
import { messages } from '../../src/email/messages.ts'
import { type Rendered, render } from '../../src/email/render.ts'
import { composed, frameIn } from '../../src/email/translations.ts'
import { launchBrowser } from '../support/browser.ts'
import { mailFacts, otherFacts } from '../support/mail-facts.ts'
import { barriers } from './barriers.ts'

/** Where pictures of every mail are to be kept, for people; they prove nothing by themselves. */
const pictures = process.env.ASSENT_TEST_PICTURES && join(process.env.ASSENT_TEST_PICTURES, 'mails')
const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']

const portal = { name: 'Exchange', url: 'https://exchange.example.com' }
const link = `https://exchange.example.com/join#in_${'a1B2'.repeat(12)}xyz`
/** German on a phone, since its words are the longer ones. */
const looks = [
  [360, 'de'],
  [800, 'en'],
] as const

let browser: Browser
/** Shows one mail after the other, each as a document of its own. */
let page: Page
beforeAll(async () => {
  if (pictures) mkdirSync(pictures, { recursive: true })
  browser = await launchBrowser()
  page = await browser.newPage()
})
afterAll(async () => {
  await browser?.close()
})

function composedIn(language: string, name: string, facts: object): Composed {
  const words = composed(name, facts, portal, language)
  if (words === null) throw new Error(`no message is called ${name}`)
  return words
}

function rendered(language: string, name: string, facts: object): Rendered {
  return render(composedIn(language, name, facts), link, portal, frameIn(language))
}

/** The words of all that a mail says by itself, in sentences, buttons and facts: without addresses, commands and what is for programs. */
function ownWords({ subject, before, button, page, facts = [], after = [], stop }: Composed): string[] {
  const said = [subject, ...before, button, page?.[0], ...facts.flat(), ...after, stop].filter((one) => one !== undefined)
  const withoutPrograms = said
    .filter((one) => !one.startsWith('{'))
    .map((one) => one.replaceAll(/https?:\S+|assent audit verify/g, ''))
  return wordsIn(withoutPrograms)
}

function wordsIn(texts: string[]): string[] {
  return texts.flatMap((one) => one.match(/\p{L}{2,}/gu) ?? [])
}

/** The words of names, addresses and whatever else people wrote: what the server calls by a code has one case. */
function wordsOfPeople(facts: object): string[] {
  const found: string[] = []
  JSON.stringify(facts, (_, value) => {
    if (typeof value === 'string' && !/^(?:[\p{Ll}_ -]+|\p{Lu}+)$/u.test(value)) found.push(value)
    return value
  })
  return wordsIn([...found, portal.name])
}

/** Words of both languages. */
const alike = new Set(
  'API UTC November OK Administrator Operator Gateway Gateways Webhook Webhooks Partner Information Version Mails Single on in an An was'.split(
    ' ',
  ),
)

test('every message has facts to be shown with, and no others are here', () => {
  expect(Object.keys(mailFacts).sort()).toEqual([...messages.keys()].sort())
})

describe.each(Object.entries(mailFacts))('the mail %s', (name, facts) => {
  test.each(languages)('says the same as text and as HTML, in a subject that fits, in %s', (language) => {
    const { subject, text, html } = rendered(language, name, facts)
    expect(html).toContain(`<html lang="${language}">`)
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

  test('says no word in English where it is German', () => {
    for (const said of [facts, ...(otherFacts[name] ?? [])]) {
      const english = new Set(ownWords(composedIn('en', name, said)))
      const people = new Set(wordsOfPeople(said))
      const german = ownWords(composedIn('de', name, said))
      expect(german.filter((word) => english.has(word) && !people.has(word) && !alike.has(word))).toEqual([])
    }
  })

  test.each(looks)(
    'fits %i pixels in %s without a barrier that axe finds, and asks for nothing from elsewhere',
    async (width, language) => {
      const asked: string[] = []
      const note = (request: Request) => void asked.push(request.url())
      page.on('request', note)
      await page.setViewportSize({ width, height: 600 })
      await page.setContent(rendered(language, name, facts).html)
      page.off('request', note)
      expect(asked).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      expect(await barriers(page, tags)).toEqual([])
      if (pictures) await page.screenshot({ path: join(pictures, `${name}-${width}-${language}.png`), fullPage: true })
    },
  )
})

test('a name that looks like HTML is shown as it is written', async () => {
  const page = await browser.newPage()
  const name = '<img src=x onerror=alert(1)><script>document.title = "bad"</script>'
  await page.setContent(rendered('en', 'key-generated', { ...mailFacts['key-generated'], name }).html)
  expect(await page.getByRole('heading').innerText()).toContain(name)
  expect(await page.locator('img, script').count()).toBe(0)
  await page.close()
})
