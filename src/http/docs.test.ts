import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer, type TestServer } from '../../test/support/server.ts'
import { docsPages } from './docs.ts'
import { problems } from './problem.ts'

let server: TestServer
const html = new Map<string, string>()
const addresses = ['/docs', ...docsPages.flatMap(({ pages }) => pages.map(({ path }): string => path))]

beforeAll(async () => {
  server = await startServer({ flags: ['--portal-name', 'Atlas & Co'] })
  for (const path of addresses) {
    const answer = await fetch(server.url + path)
    expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 200, 'text/html; charset=utf-8'])
    html.set(path, await answer.text())
  }
})
afterAll(() => server.close())

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found)

test('every link in the docs leads somewhere: to a page of them and a heading there, to a picture, or to the API', async () => {
  const broken: string[] = []
  const others = new Set<string>()
  for (const [path, text] of html) {
    for (const link of all(text, /(?:href|src|srcset)="([^"]+)"/g)) {
      const { origin, pathname, hash } = new URL(link, server.url + path)
      if (origin !== server.url) continue
      const page = html.get(pathname)
      if (page === undefined) others.add(pathname)
      else if (hash !== '' && !page.includes(`id="${decodeURIComponent(hash.slice(1))}"`)) broken.push(`${path} → ${link}`)
    }
  }
  for (const path of others) {
    const { status } = await fetch(server.url + path)
    if (status !== 200) broken.push(`${path}: ${status}`)
  }
  expect(broken).toEqual([])
  expect([...others].some((path) => path.startsWith('/docs/images/'))).toBe(true)
})

test('every file in docs/ is a page of them, and no link of theirs names a file that is not there', () => {
  const files = globSync('docs/**/*.md').sort()
  expect(
    docsPages.flatMap(({ pages }) => pages.map(({ file }): string => file)).filter((file) => file.startsWith('docs/')),
  ).toEqual(
    expect.arrayContaining(
      files.filter(
        (file) =>
          !['docs/index.md', 'docs/benchmarks.md', 'docs/translating.md'].includes(file) && !file.startsWith('docs/decisions/'),
      ),
    ),
  )
  for (const file of [...files, 'README.md', 'CHANGELOG.md'])
    for (const link of all(readFileSync(file, 'utf8'), /\]\(([^)#:]+)(?:#[^)]*)?\)/g))
      if (!link.startsWith('/')) expect([file, link, existsSync(join(file, '..', link))]).toEqual([file, link, true])
})

test('the type of every problem names its heading on the errors page', () => {
  const page = html.get('/docs/errors') as string
  for (const code of Object.keys(problems)) expect(page).toContain(`id="${code}"`)
})

test('the docs carry the portal’s name, run no script, and ask nothing of another host', async () => {
  const answer = await fetch(`${server.url}/docs`)
  expect(await answer.text()).toContain('Atlas &amp; Co docs')
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  for (const text of html.values()) {
    expect(text).not.toMatch(/<script|javascript:/)
    expect(all(text, /<(?:img|source|link)[^>]+(?:src|srcset|href)="(https?:[^"]+)"/g)).toEqual([])
  }
})
