import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { inject } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { type SmtpOfTest, startSmtp } from '../support/smtp.ts'
import type {} from '../support/world-to-copy.ts'

interface Person {
  company: string
  kind: 'vendor' | 'partner' | 'customer'
  email: string
  password: string
}

interface Organization {
  id: string
  label: string
  state: 'valid' | 'no consent' | 'no active subscription' | 'not connected'
}

/** A server with the world to try, and a browser that visits its portal. */
export interface Portal {
  server: TestServer
  /** Where its mails arrive; undefined: they are kept. */
  smtp: SmtpOfTest | undefined
  /** The person of the vendor, of the partner, or of the customer in that state. */
  person(who: 'vendor' | 'partner' | Organization['state']): Person
  organization(state: Organization['state']): Organization
  /** A window that nobody has signed in to. */
  visit(options?: BrowserContextOptions): Promise<Page>
  /** A window with that person signed in, on their first page, or on the one at this path. */
  signedIn(who: Parameters<Portal['person']>[0], options?: BrowserContextOptions, path?: string): Promise<Page>
  close(): Promise<void>
}

/** `flags`: of the server. `mail`: it sends its mails to a mail server of the test's. */
export async function openPortal({ flags = [], mail }: { flags?: string[]; mail?: true } = {}): Promise<Portal> {
  const smtp = mail ? await startSmtp() : undefined
  const copyOf = inject('world')
  const server = await startServer({ engine: 'embedded', world: true, copyOf, flags: [...flags, ...(smtp?.flags ?? [])] })
  const browser: Browser = await launchBrowser()
  const world = JSON.parse(readFileSync(join(server.dataDir, 'world.json'), 'utf8')) as {
    people: Person[]
    organizations: Organization[]
  }
  const organization: Portal['organization'] = (state) => sole(world.organizations.filter((one) => one.state === state))
  const person: Portal['person'] = (who) =>
    who === 'vendor' || who === 'partner'
      ? sole(world.people.filter(({ kind }) => kind === who))
      : sole(world.people.filter(({ company }) => company === organization(who).label))
  const visit: Portal['visit'] = async (options) => {
    // A browser under a bare system's settings would call its language en-US@posix, which is none.
    const page = await (await browser.newContext({ baseURL: server.url, locale: 'en-GB', ...options })).newPage()
    // What pages look for anew every 15 s is seen, also where four browsers share two cores.
    page.setDefaultTimeout(30_000)
    return page
  }
  return {
    server,
    smtp,
    person,
    organization,
    visit,
    signedIn: async (who, options, path = '/') => {
      const page = await visit(options)
      await page.goto(path)
      await signIn(page, person(who))
      await page.getByRole('link', { name: 'Skip to content' }).waitFor({ state: 'attached' })
      return page
    },
    close: async () => {
      await browser.close()
      await server.close()
      await smtp?.close()
    },
  }
}

/** Fills the sign-in in and sends it. */
export async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** The status that a key is answered with at the list of organizations, and the ids in it. */
export async function organizationsOf(server: TestServer, key: string): Promise<{ status: number; ids: string[] }> {
  const answer = await fetch(`${server.url}/rest/v1/organizations`, { headers: { authorization: `Bearer ${key}` } })
  const { organizations = [] } = (await answer.json()) as { organizations?: { id: string }[] }
  return { status: answer.status, ids: organizations.map(({ id }) => id) }
}

function sole<T>(found: T[]): T {
  const [one] = found
  if (one === undefined) {
    throw new Error('The world lacks what the test is about.')
  }
  return one
}
