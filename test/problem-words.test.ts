import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { problems } from '../src/http/problem.ts'
import type { OwnWords } from '../web/own-words.ts'

/** What the frame answers, whatever is asked. */
const ofTheFrame = ['internal', 'media-type', 'method-not-allowed', 'request-timeout', 'request-too-large']
/** What no browser meets: it asks for gzip; and what the page that loads them would not wait for (texts/problems.ts). */
const elsewhere = ['gzip-required', 'not-signed-in']

const met = codesIn('openapi/management.json').concat(ofTheFrame)
const known = [...new Set(met)].filter((code) => !elsewhere.includes(code)).sort()

/** The problems of each operation, as its document names them. */
function codesIn(path: string): string[] {
  type Answer = { description: string; content?: Record<string, unknown> }
  const { paths } = JSON.parse(readFileSync(path, 'utf8')) as { paths: Record<string, Record<string, { responses: object }>> }
  const answers = Object.values(paths).flatMap((of) => Object.values(of).flatMap(({ responses }) => Object.values(responses)))
  return (answers as Answer[])
    .filter(({ content }) => content && 'application/problem+json' in content)
    .flatMap(({ description }) => description.split(', '))
}

async function wordsIn(folder: string): Promise<Record<string, OwnWords>> {
  return (await import(pathToFileURL(resolve('web/texts', folder, 'problem-words.ts')).href)).problemWords
}

const others = readdirSync('web/texts', { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []))

test.each(others)('every problem that the portal can meet has words of its own in %s, and nothing else has', async (language) => {
  expect(known.length).toBeGreaterThan(60)
  expect(Object.keys(await wordsIn(language)).sort()).toEqual(known)
})

test('what English words there are, are for problems that the portal can meet, and none names what only programs know', async () => {
  const words = await wordsIn('')
  expect(known).toEqual(expect.arrayContaining(Object.keys(words)))
  for (const code of known) {
    const told = words[code]?.detail ?? problems[code as keyof typeof problems].detail
    const shown =
      typeof told === 'string'
        ? told
        : told({ told: problems[code as keyof typeof problems].detail, field: undefined, waitSeconds: 30 })
    expect([code, shown]).toEqual([
      code,
      expect.not.stringMatching(/\/(api|rest|ingest)\/|Retry-After|Authorization|Content-Type/),
    ])
  }
})
