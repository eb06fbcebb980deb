import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { problems } from '../../src/http/problem.ts'
import { expectNoBarriers } from './barriers.ts'
import { openPortal, type Portal } from './portal.ts'

const texts = join(import.meta.dirname, '../../web/texts')
const german = { locale: 'de-DE' }

let portal: Portal
let onlyEnglish: Set<string>

beforeAll(async () => {
  portal = await openPortal()
  const translated = await wordsIn(join(texts, 'de'))
  const ofTheServer = Object.values(problems).flatMap(({ title, detail }) => [title, detail])
  onlyEnglish = new Set([...(await wordsIn(texts)), ...ofTheServer].filter((words) => !translated.has(words)))
})
afterAll(async () => {
  await portal?.close()
})

/** All texts of a language that are no functions. */
async function wordsIn(folder: string): Promise<Set<string>> {
  const found = new Set<string>()
  const collect = (value: unknown) => {
    if (typeof value === 'string') found.add(value)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect)
  }
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.ts'))) {
    collect({ ...((await import(join(folder, name))) as object) })
  }
  return found
}

/** What the page says in English where German has other words: lines, names of controls, and what stands in empty fields. */
function englishOn(page: Page): Promise<string[]> {
  return page.evaluate(
    (english) => {
      const named = ['aria-label', 'placeholder', 'title'].flatMap((name) =>
        [...document.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name) ?? ''),
      )
      return [...document.body.innerText.split('\n'), ...named, document.title.split(' · ')[0] ?? '']
        .map((line) => line.trim())
        .filter((line) => english.includes(line))
    },
    [...onlyEnglish],
  )
}

/** Goes to a page and waits until all of it is there. */
async function open(page: Page, path: string, heading: string): Promise<void> {
  await page.goto(path)
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()
  await expect.poll(() => page.locator('[aria-busy="true"]').count()).toBe(0)
}

async function signInInGerman(page: Page, who: Parameters<Portal['person']>[0]): Promise<void> {
  await tryToSignIn(page, portal.person(who))
  await page.getByRole('link', { name: 'Zum Inhalt springen' }).waitFor({ state: 'attached' })
}

async function tryToSignIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.getByLabel('E-Mail-Adresse').fill(email)
  await page.getByLabel('Passwort').fill(password)
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click()
}

const walks = {
  valid: {
    '/': 'Übersicht',
    '/inventory': 'Inventar',
    '/sensors': 'Sensoren',
    '/alarms': 'Alarme',
    '/administration/subscriptions': 'Abonnements',
    '/administration/api': 'API',
    '/administration/gateways': 'Gateways',
    '/administration/access-history': 'Zugriffsverlauf',
    '/administration/activity': 'Aktivität',
    '/administration/users': 'Benutzer',
    '/account': 'Ihr Konto',
  },
  partner: { '/': 'Übersicht', '/customers': 'Kunden', '/administration/api': 'API', '/administration/webhooks': 'Webhooks' },
  vendor: { '/companies': 'Unternehmen', '/administration/system': 'System', '/administration/mail': 'E-Mails' },
} as const

const closelyLookedAt = new Set<string>(['/administration/subscriptions', '/administration/api'])

test.each(Object.entries(walks))('whoever reads German is shown no English text, as %s', async (who, pages) => {
  const page = await portal.visit(german)
  await open(page, '/sign-in', 'Anmelden')
  expect(await page.locator('html').getAttribute('lang')).toBe('de')
  expect(await englishOn(page)).toEqual([])
  await signInInGerman(page, who as keyof typeof walks)
  for (const [path, heading] of Object.entries(pages)) {
    await open(page, path, heading)
    expect(await englishOn(page), path).toEqual([])
    if (who === 'valid' && closelyLookedAt.has(path)) await expectNoBarriers(page)
    await page.setViewportSize({ width: 360, height: 740 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), path).toBeLessThanOrEqual(0)
    await page.setViewportSize({ width: 1280, height: 860 })
  }
})

test('what the server refuses is told in German, by its code: a sign-in, an address, and a Partner ID that nobody has', async () => {
  const page = await portal.visit(german)
  await open(page, '/sign-in', 'Anmelden')
  await tryToSignIn(page, { ...portal.person('not connected'), password: 'not the password' })
  await page.getByRole('alert').getByText('E-Mail-Adresse und Passwort gehören nicht zusammen', { exact: false }).waitFor()
  expect(await englishOn(page)).toEqual([])
  await signInInGerman(page, 'not connected')
  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Mitarbeitende einladen' }).click()
  await dialog.getByLabel('E-Mail-Adresse').fill('wanda@nowhere')
  await dialog.getByRole('button', { name: 'Einladung senden' }).click()
  await dialog.getByText('Sie haben eine ungültige E-Mail-Adresse eingegeben', { exact: false }).waitFor()
  await open(page, '/administration/subscriptions', 'Abonnements')
  await page.getByRole('button', { name: 'Partner hinzufügen' }).click()
  await dialog.getByLabel('Partner-ID').fill('nobody at all')
  await dialog.getByRole('button', { name: 'Suchen' }).click()
  await dialog.getByRole('alert').getByText('Kein Partner hat diese Partner-ID', { exact: false }).waitFor()
  expect(await englishOn(page)).toEqual([])
})

test('the language is chosen at the sign-in or in the account menu, goes before the browser’s, for mails too, and stays chosen', async () => {
  const person = 'no consent'
  const page = await portal.visit(german)
  await open(page, '/sign-in', 'Anmelden')
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
  await page.getByRole('button', { name: 'Deutsch' }).click()
  await page.getByRole('heading', { level: 1, name: 'Anmelden' }).waitFor()
  await signInInGerman(page, person)
  await open(page, '/account', 'Ihr Konto')
  expect(await page.getByLabel('Sprache der E-Mails an Sie').inputValue()).toBe('de')
  await page.getByText(/^Chrome unter \w+ \(diese hier\)$/).waitFor()
  await page.getByRole('button', { name: 'Kontomenü' }).click()
  await page.getByRole('menuitemradio', { name: 'English' }).click()
  await expect.poll(() => page.getByLabel('Language of mails to you').inputValue()).toBe('en')
  await open(page, '/alarms', 'Alarms')
  expect(await page.locator('html').getAttribute('lang')).toBe('en')

  // Signed in elsewhere, where nobody has chosen a language, the portal speaks the chosen one, until another is chosen there.
  const other = await portal.visit(german)
  await open(other, '/sign-in', 'Anmelden')
  await tryToSignIn(other, portal.person(person))
  await other.getByRole('link', { name: 'Skip to content' }).waitFor({ state: 'attached' })
  await open(other, '/account', 'Your account')
  await other.getByRole('button', { name: 'account menu' }).click()
  await other.getByRole('menuitemradio', { name: 'Deutsch' }).click()
  const mails = other.getByLabel('Sprache der E-Mails an Sie')
  await expect.poll(() => mails.inputValue()).toBe('de')
  await mails.selectOption('English')
  await other.getByRole('button', { name: 'Speichern' }).click()
  await other.getByRole('heading', { level: 1, name: 'Your account' }).waitFor()
  await expect.poll(() => other.getByLabel('Language of mails to you').inputValue()).toBe('en')

  // What was chosen at the sign-in goes before what was chosen elsewhere.
  const third = await portal.visit()
  await open(third, '/sign-in', 'Sign in')
  await third.getByRole('button', { name: 'Deutsch' }).click()
  await third.getByRole('heading', { level: 1, name: 'Anmelden' }).waitFor()
  await signInInGerman(third, person)
  await open(third, '/alarms', 'Alarme')
})
