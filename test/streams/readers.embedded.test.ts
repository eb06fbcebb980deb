import { spawn } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensurePackage } from '../support/debian.ts'
import { openStream } from '../support/measurement-stream.ts'
import { cleanEnvironment, until } from '../support/own-process.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { newWatchedOrganization, type WatchedOrganization } from '../support/watched-organization.ts'

/**
 * The programs with which streams are read (contract, section 5); a browser is in test/e2e. How each is asked to read a URL: the key is in KEY, and it
 * prints what it has read, when it has. A program of ours prints END behind a whole stream.
 */
const programs: Record<string, string[]> = {
  curl: ['sh', '-c', 'curl -s -N --compressed --noproxy "*" -H "Authorization: Bearer $KEY" "$1" && echo END', 'sh'],
  "Python's urllib": ['python3', 'test/streams/reads-stream.py', 'urllib'],
  "Python's http.client": ['python3', 'test/streams/reads-stream.py', 'http.client'],
  "Java's GZIPInputStream over HttpURLConnection": ['java', 'test/streams/ReadsStream.java', 'connection', 'bytes'],
  "Java's GZIPInputStream over HttpClient, which asks for h2c": ['java', 'test/streams/ReadsStream.java', 'client', 'bytes'],
  "Node's fetch": [process.execPath, 'test/streams/reads-stream.js'],
}
const programWithinMs = 60_000

let server: TestServer
let organization: WatchedOrganization
beforeAll(async () => {
  for (const name of ['curl', 'python3', 'default-jdk-headless'] as const) {
    const missing = ensurePackage(name)
    if (missing !== null) throw new Error(missing)
  }
  server = await startServer({ engine: 'embedded' })
}, 600_000)
afterAll(async () => {
  await server?.close()
})

/** Starts a program; `lines` are those that it has printed to now, heartbeats left out. */
function reading([command = '', ...args]: string[], url: string) {
  const child = spawn(command, [...args, url], {
    env: cleanEnvironment({ KEY: organization.key }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const lines = () =>
    out
      .split('\n')
      .slice(0, -1)
      .filter((line) => line !== '')
  return { lines, ended, said: () => err, kill: () => child.kill('SIGKILL') }
}

const measured = (line: string) => (JSON.parse(line) as { numericValue: number }).numericValue

describe.each(Object.entries(programs))('%s', (_, command) => {
  test('reads live measurements as they arrive, one after the other, and comes to a proper end', async () => {
    organization = await newWatchedOrganization(server)
    const program = reading(command, organization.url('live'))
    try {
      // The first one is sent until the program is there to see it: a live stream begins with the moment of connecting.
      let sent = 0
      const seesOne = async () => {
        sent += 1
        await organization.measure(sent)
        return program.lines().length > 0
      }
      await until(`the first line. ${program.said()}`, seesOne, programWithinMs)
      await until('all that was sent', async () => measured(program.lines().at(-1) as string) === sent)
      for (const end = sent + 5; sent < end; ) {
        sent += 1
        const before = program.lines().length
        await organization.measure(sent)
        // Nothing else is sent that could push the line through.
        await until(`line ${before + 1}`, async () => program.lines().length === before + 1, 5_000)
        expect(measured(program.lines().at(-1) as string)).toBe(sent)
      }
      await organization.endStreams()
      expect({ code: await program.ended, said: program.said() }).toEqual({ code: 0, said: expect.any(String) })
      expect(program.lines().at(-1)).toBe('END')
    } finally {
      program.kill()
    }
  }, 120_000)

  test('reads a replay to its last line', async () => {
    organization = await newWatchedOrganization(server)
    const { from, to } = await organization.measureBetween(4)
    const program = reading(command, `${organization.url('replay')}?fromOffset=${from}&toOffset=${to}`)
    expect({ code: await program.ended, said: program.said() }).toEqual({ code: 0, said: expect.any(String) })
    const [one, two, three, four, message, end, ...more] = program.lines()
    expect([one, two, three, four].map((line) => measured(line as string))).toEqual([1, 2, 3, 4])
    expect(JSON.parse(message as string)).toMatchObject({ replaySystemMessageType: 'CompletedReplaySystemMessage' })
    expect([end, more]).toEqual(['END', []])
  }, 120_000)
})

test("Java's BufferedReader, which is some KiB behind, has every line when the stream has come to its proper end", async () => {
  organization = await newWatchedOrganization(server)
  const program = reading(['java', 'test/streams/ReadsStream.java', 'connection', 'lines'], organization.url('live'))
  try {
    const readers = () => server.context.streams.places.all
    await until('the reader', async () => readers() > 0, programWithinMs)
    for (const value of [1, 2, 3]) await organization.measure(value)
    const watching = await openStream(organization.url('live'), organization.key)
    await organization.measure(4)
    await watching.until('the last', (lines) => lines.length === 1)
    await organization.endStreams()
    expect({ code: await program.ended, said: program.said() }).toEqual({ code: 0, said: expect.any(String) })
    expect(program.lines().slice(0, -1).map(measured)).toEqual([1, 2, 3, 4])
    expect(program.lines().at(-1)).toBe('END')
  } finally {
    program.kill()
  }
}, 120_000)
