import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { barriers } from './barriers.ts'
import { invited, password, register, removed } from './people.ts'
import { openPortal, type Portal, signIn } from './portal.ts'
import { siteViews } from './site-views.ts'
import { click, partnerViews, type View } from './views.ts'

/** Where pictures of all pages are to be kept, for people; they prove nothing by themselves. */
const pictures = process.env.ASSENT_TEST_PICTURES
/** What still loads moves: a page may take so long. */
const firstLoadBytesMax = 250_000

const sizes = { phone: { width: 360, height: 740 }, tablet: { width: 800, height: 1000 }, desktop: { width: 1280, height: 860 } }

/** Also on a phone, where the button stands behind the navigation. */
async function openInvite(page: Page): Promise<void> {
  await click('Invite a co-worker')(page)
  await page.getByLabel('Email address').waitFor()
}

const views: View[] = [
  { name: 'sign-in', who: null, path: '/sign-in?ended=true', open: click('Sign in') },
  { name: 'company-sign-in', who: null, path: '/sign-in/company', open: click('Continue') },
  { name: 'set-up', who: null, path: '/setup' },
  {
    name: 'join',
    who: null,
    path: '/sign-in',
    open: async (page) => {
      await page.goto(await invited(portal, await portal.signedIn('partner'), 'looks.join@nowhere.example'))
      await page.getByLabel('Your name').waitFor()
    },
  },
  {
    name: 'no-company',
    who: null,
    path: '/sign-in',
    open: async (page) => {
      const partner = await portal.signedIn('partner')
      await page.goto(await invited(portal, partner, 'looks.nobody@nowhere.example'))
      await register(page, 'Nora Nobody')
      await page.getByRole('button', { name: /account menu$/ }).waitFor()
      await removed(partner, 'looks.nobody@nowhere.example')
      await page.goto('/sign-in')
      await signIn(page, { email: 'looks.nobody@nowhere.example', password })
      await page.getByRole('heading', { name: 'You belong to no company' }).waitFor()
    },
  },
  ...partnerViews(() => portal),
  { name: 'subscriptions', who: 'valid', path: '/administration/subscriptions' },
  { name: 'subscriptions-lapsed', who: 'no active subscription', path: '/administration/subscriptions' },
  { name: 'subscriptions-no-partner', who: 'not connected', path: '/administration/subscriptions' },
  {
    name: 'withdraw',
    who: 'valid',
    path: '/administration/subscriptions',
    open: (page) => page.getByLabel('Allow API access to device data').uncheck(),
  },
  { name: 'keys-customer', who: 'valid', path: '/administration/api', open: click('Generate new API key') },
  ...siteViews,
  { name: 'gateways', who: 'valid', path: '/administration/gateways' },
  { name: 'invite', who: 'partner', path: '/customers', open: openInvite },
  {
    name: 'invitation-sent',
    who: 'partner',
    path: '/customers',
    open: async (page) => {
      await openInvite(page)
      await page.getByLabel('Email address').fill('looks.sent@nowhere.example')
      await page.getByRole('button', { name: 'Send Invite' }).click()
      await page.getByRole('dialog', { name: 'Invitation Sent' }).waitFor()
    },
  },
  { name: 'users', who: 'partner', path: '/administration/users' },
  {
    name: 'remove-user',
    who: 'partner',
    path: '/administration/users',
    open: (page) =>
      page
        .getByRole('button', { name: /^Remove/ })
        .first()
        .click(),
  },
  {
    name: 'change-role',
    who: 'partner',
    path: '/administration/users',
    open: (page) =>
      page
        .getByRole('button', { name: /^Change role/ })
        .first()
        .click(),
  },
  { name: 'settings', who: 'vendor', path: '/administration/settings' },
  { name: 'system', who: 'vendor', path: '/administration/system' },
  { name: 'mails', who: 'vendor', path: '/administration/mail' },
  {
    name: 'mail',
    who: 'vendor',
    path: '/administration/mail',
    open: (page) => page.getByRole('table', { name: 'Mails' }).getByRole('link').first().click(),
  },
  { name: 'company-data', who: 'valid', path: '/administration/company-data' },
  { name: 'close-company', who: 'valid', path: '/administration/company-data', open: click('Close company') },
  { name: 'companies', who: 'vendor', path: '/companies' },
  { name: 'connections', who: 'vendor', path: '/connections' },
  { name: 'create-company', who: 'vendor', path: '/companies', open: click('Create company') },
  {
    name: 'company',
    who: 'vendor',
    path: '/companies',
    open: async (page) => {
      await page
        .getByRole('link', { name: /Hospital|Works|Foods/ })
        .first()
        .click()
      await page.getByRole('table', { name: 'Subscriptions' }).waitFor()
    },
  },
  { name: 'not-found', who: 'valid', path: '/nowhere' },
]

let portal: Portal
const windows = new Map<string, Page>()

beforeAll(async () => {
  if (pictures) mkdirSync(pictures, { recursive: true })
  portal = await openPortal()
})
afterAll(async () => {
  await portal?.close()
})

async function show({ who, path, open }: View): Promise<Page> {
  const page = windows.get(who ?? '') ?? (await (who ? portal.signedIn(who) : portal.visit()))
  windows.set(who ?? '', page)
  await page.setViewportSize(sizes.desktop)
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await expect.poll(() => page.locator('[aria-busy="true"]').count()).toBe(0)
  await open?.(page)
  return page
}

describe.each(views)('$name', (view) => {
  test('holds no barrier that axe finds, in light and in dark, and fits a phone', async () => {
    const page = await show(view)
    // The portal's name comes by a request of its own.
    await expect.poll(() => page.title()).toMatch(/^.+ · Exchange$/)
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.setViewportSize(viewport)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), size).toBeLessThanOrEqual(0)
      for (const colorScheme of ['light', 'dark'] as const) {
        const isSearched = size !== 'tablet'
        if (!isSearched && !pictures) continue
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await expect.poll(() => page.locator('html').getAttribute('data-mantine-color-scheme')).toBe(colorScheme)
        await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0)
        if (pictures) await page.screenshot({ path: join(pictures, `${view.name}-${size}-${colorScheme}.png`) })
        if (isSearched) expect(await barriers(page), `${size}, ${colorScheme}`).toEqual([])
      }
    }
  })
})

test('a barrier that is planted is found', async () => {
  const page = await portal.visit()
  await page.setContent(
    '<html lang="en"><title>T</title><main><h1>T</h1><img src="x"><p style="color:#999">Faint</p></main></html>',
  )
  const found = await barriers(page)
  expect(found.map((one) => one.split(':')[0]).sort()).toEqual(['color-contrast', 'image-alt'])
  // Axe is in the page by now.
  expect(await barriers(page)).toEqual(found)
})

test('each page has a title of its own', async () => {
  const titles = new Set<string>()
  const paths = new Set<string>()
  const own = views.filter(({ open }) => !open)
  for (const view of own.filter(({ name }) => !name.startsWith('subscriptions-'))) {
    const page = await show(view)
    await expect.poll(() => page.title()).toMatch(/^.+ · Exchange$/)
    titles.add(await page.title())
    // A partner's overview is another page than a customer's, at the same address.
    paths.add(view.path)
  }
  expect(titles.size).toBe(paths.size)
})

test('the first load is under 250 kB, of the sign-in and of the pages behind it', async () => {
  const partner = await portal.signedIn('partner')
  const storageState = await partner.context().storageState()
  for (const path of ['/sign-in', '/customers', '/administration/api']) {
    const page = await portal.visit(path === '/sign-in' ? {} : { storageState })
    const sizesOfBodies: Promise<number>[] = []
    page.on('requestfinished', (request) => {
      sizesOfBodies.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
    })
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    const bytes = (await Promise.all(sizesOfBodies)).reduce((sum, size) => sum + size, 0)
    expect(bytes, path).toBeGreaterThan(50_000)
    expect(bytes, path).toBeLessThan(firstLoadBytesMax)
  }
})

test('light or dark is chosen in the account menu, and stays chosen', async () => {
  const page = await portal.signedIn('partner', { colorScheme: 'light' })
  await page.getByRole('button', { name: 'account menu' }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  const scheme = () => page.locator('html').getAttribute('data-mantine-color-scheme')
  await expect.poll(scheme).toBe('dark')
  await page.reload()
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await scheme()).toBe('dark')
})

test('the keyboard skips to the content, and each page takes the focus to its heading', async () => {
  const page = await portal.signedIn('partner')
  await page.goto('/customers')
  await page.getByRole('table').waitFor()
  await page.keyboard.press('Tab')
  const focused = () => page.evaluate(() => document.activeElement?.textContent)
  expect(await focused()).toBe('Skip to content')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.querySelector('main')?.contains(document.activeElement))).toBe(true)
  await page.getByRole('link', { name: 'API', exact: true }).press('Enter')
  await expect.poll(() => page.evaluate(() => document.activeElement?.outerHTML)).toMatch(/^<h1.*>API</)
})

test('a page stays until the next one is there: nothing is told as missing on the way', async () => {
  const page = await portal.signedIn('partner')
  await page.goto('/customers')
  await page.getByRole('table').waitFor()
  let arrive = () => {}
  const underway = new Promise<void>((resolve) => {
    arrive = resolve
  })
  await page.route(/\/assets\/account-[\w-]{8}\.js$/, async (route) => {
    await underway
    await route.continue()
  })
  await page.getByRole('button', { name: /account menu$/ }).click()
  await page.getByRole('menuitem', { name: 'Your account' }).click()
  await page.waitForURL('**/account')
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Customers')
  arrive()
  await page.getByRole('heading', { level: 1, name: 'Your account' }).waitFor()
})

test('an error of the server is shown with its words, and Try again brings the page', async () => {
  const page = await portal.signedIn('partner')
  const problem = {
    type: 'x#unavailable',
    title: 'Not available now',
    status: 503,
    detail: 'Try again shortly.',
    requestId: 'r-1',
  }
  await page.route('**/api/v1/keys', (route) =>
    route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
  )
  await page.goto('/customers')
  await page.getByRole('link', { name: 'API', exact: true }).click()
  const alert = page.getByRole('alert')
  await alert.getByText('Not available now').waitFor()
  expect(await alert.innerText()).toMatch(/Try again shortly\.[\s\S]*r-1/)
  await page.unroute('**/api/v1/keys')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('table', { name: 'Valid keys' }).waitFor()
})
