import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { until } from '../support/own-process.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { newWatchedOrganization, type WatchedOrganization } from '../support/watched-organization.ts'

let server: TestServer
let browser: Browser
let page: Page
let organization: WatchedOrganization

beforeAll(async () => {
  server = await startServer({ engine: 'embedded' })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** Opens a stream in a page of the server's, by fetch; what was read of it to now can be asked for. */
async function read(url: string): Promise<{ lines(): Promise<string[]>; ended(): Promise<string | undefined> }> {
  page = await browser.newPage()
  await page.goto(`${server.url}/rest/`)
  await page.evaluate(
    ([address, key]) => {
      const state = { text: '', ended: undefined as string | undefined }
      Object.assign(window, { state })
      const go = async () => {
        const answer = await fetch(address as string, { headers: { authorization: `Bearer ${key}` } })
        const reader = (answer.body as ReadableStream<Uint8Array<ArrayBuffer>>).pipeThrough(new TextDecoderStream()).getReader()
        for (let next = await reader.read(); !next.done; next = await reader.read()) state.text += next.value
      }
      go().then(
        () => {
          state.ended = 'properly'
        },
        (error) => {
          state.ended = String(error)
        },
      )
    },
    [url, organization.key] as const,
  )
  const state = () => page.evaluate(() => (window as unknown as { state: { text: string; ended?: string } }).state)
  return {
    lines: async () => (await state()).text.split('\n').filter((line) => line !== ''),
    ended: async () => (await state()).ended,
  }
}

const measured = (line: string | undefined) => (JSON.parse(line as string) as { numericValue: number }).numericValue

test("a browser's fetch reads live measurements as they arrive, and comes to a proper end", async () => {
  organization = await newWatchedOrganization(server)
  const stream = await read(organization.url('live'))
  let sent = 0
  const seesOne = async () => {
    sent += 1
    await organization.measure(sent)
    return (await stream.lines()).length > 0
  }
  await until('the first line', seesOne, 30_000)
  await until('all that was sent', async () => measured((await stream.lines()).at(-1)) === sent)
  for (const end = sent + 5; sent < end; ) {
    sent += 1
    const before = (await stream.lines()).length
    await organization.measure(sent)
    await until(`line ${before + 1}`, async () => (await stream.lines()).length === before + 1, 5_000)
    expect(measured((await stream.lines()).at(-1))).toBe(sent)
  }
  expect(await stream.ended()).toBeUndefined()
  await organization.endStreams()
  expect(await until('the end', stream.ended, 10_000)).toBe('properly')
  await page.close()
})

test("a browser's fetch reads a replay to its last line", async () => {
  organization = await newWatchedOrganization(server)
  const { from, to } = await organization.measureBetween(4)
  const stream = await read(`${organization.url('replay')}?fromOffset=${from}&toOffset=${to}`)
  expect(await until('the end', stream.ended, 10_000)).toBe('properly')
  const lines = await stream.lines()
  expect(lines.slice(0, -1).map(measured)).toEqual([1, 2, 3, 4])
  expect(JSON.parse(lines.at(-1) as string)).toMatchObject({ replaySystemMessageType: 'CompletedReplaySystemMessage' })
  await page.close()
})
