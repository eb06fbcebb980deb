import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ensurePackage } from '../support/debian.ts'
import { type LimitingServer, retryAfterSeconds, startLimitingServer } from '../support/limiting-server.ts'
import { type MeasuredSite, newMeasuredSite } from '../support/measured-site.ts'
import { cleanEnvironment, until } from '../support/own-process.ts'

/** The programs of docs/guides/measurements.md, as they are started there. */
const programs: Record<string, string[]> = {
  TypeScript: [process.execPath, 'docs/guides/programs/measurements.ts'],
  Python: ['python3', 'docs/guides/programs/measurements.py'],
  'sh with curl': ['sh', 'docs/guides/programs/measurements.sh'],
}
const sensors = 5
const batch = 10

/** A program of the guide at work. Its processes are a group of their own: a shell's go with it. */
interface Program {
  said(): string
  /** The measurements that it has stored. */
  stored(): { sensorId: string; timestamp: string; offset?: string }[]
  offset(): string | undefined
  hasEnded(): boolean
  kill(): Promise<void>
}

interface Running {
  name: string
  command: string[]
  directory: string
  program: Program
}

/** Whose measurements a program follows, and where. */
interface Followed {
  url: string
  organization: string
  key: string
}

function startProgram([command = '', ...args]: string[], followed: Followed, directory: string): Program {
  const child: ChildProcess = spawn(command, [...args, followed.url, followed.organization, directory], {
    env: cleanEnvironment({ KEY: followed.key, RETRY_SECONDS: '1', no_proxy: '*' }),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text: Buffer) => {
      said += text
    })
  }
  const ended = new Promise((resolve) => child.once('close', resolve))
  const kill = () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid as number), 'SIGKILL')
  }
  process.once('exit', kill)
  const read = (name: string) => (existsSync(join(directory, name)) ? readFileSync(join(directory, name), 'utf8') : '')
  return {
    said: () => said,
    stored: () => {
      const whole = read('measurements.ndjson').split('\n').slice(0, -1)
      return whole.filter((line) => line !== '').map((line) => JSON.parse(line))
    },
    offset: () => read('offset').trim() || undefined,
    hasEnded: () => child.exitCode !== null,
    kill: async () => {
      kill()
      await ended
      process.off('exit', kill)
    },
  }
}

/** The numbers of the measurements that a program has stored. */
function numbersOf(site: MeasuredSite, { program }: Running): Set<number> {
  return new Set(program.stored().map((measurement) => site.numberOf(measurement)))
}

/** What each program has not stored of the measurements from its own first one on. */
function missingOf(site: MeasuredSite, running: Running[], firsts: number[], reported: number): number[][] {
  return running.map((one, index) => {
    const first = firsts[index] as number
    const stored = numbersOf(site, one)
    return Array.from({ length: reported - first }, (_, place) => first + place).filter((number) => !stored.has(number))
  })
}

describe('the programs of the guide, in TypeScript, Python, and sh with curl,', () => {
  let site: MeasuredSite
  let limiting: LimitingServer
  let running: Running[]
  let reported: number
  beforeAll(() => {
    for (const missing of [ensurePackage('curl'), ensurePackage('python3')]) if (missing !== null) throw new Error(missing)
  }, 600_000)
  beforeEach(async () => {
    site = await newMeasuredSite('postgres', sensors)
    limiting = await startLimitingServer()
    running = []
    reported = 0
  })
  afterEach(async () => {
    for (const { program } of running) await program.kill()
    for (const { directory } of running) rmSync(directory, { recursive: true, force: true })
    await site.close()
    await limiting.close()
  })
  const followed = () => ({ url: site.line.url, organization: site.organization, key: site.key })
  const start = (followedBy: (name: string) => Followed, offset?: string) => {
    for (const [name, command] of Object.entries(programs)) {
      const directory = mkdtempSync(join(tmpdir(), 'assent-program-'))
      if (offset !== undefined) writeFileSync(join(directory, 'offset'), offset)
      running.push({ name, command, directory, program: startProgram(command, followedBy(name), directory) })
    }
  }
  const report = async () => {
    await site.report(reported, batch)
    reported += batch
  }
  /** Waits for what every program is to have come to, and tells what they said where they do not. */
  const untilEach = (what: string, holds: (one: Running) => boolean, meanwhile?: () => unknown, ms?: number) => {
    const check = async () => {
      await meanwhile?.()
      return running.every(holds)
    }
    const said = () => running.map((one) => `${one.name} (${holds(one) ? 'is there' : 'is not there'}): ${one.program.said()}`)
    return until(what, check, ms).catch((error: Error) => Promise.reject(new Error([error.message, ...said()].join('\n'))))
  }

  test('end with every acknowledged measurement, over a cut line, restarts of the server and their own', async () => {
    const reportSome = async () => {
      for (const end = reported + 5 * batch; reported < end; ) await report()
    }
    start(followed)
    // What a program makes its record of begins with the first offset that it stores.
    await untilEach('the first offset of each', ({ program }) => program.offset() !== undefined, report)
    const firsts = running.map((one) => Math.min(...numbersOf(site, one)))
    await reportSome()
    expect(site.line.cut()).toBeGreaterThanOrEqual(running.length)
    await reportSome()
    const stopped = site.restart('SIGTERM')
    await report()
    await stopped
    await reportSome()
    for (const { program } of running) await program.kill()
    await reportSome()
    for (const one of running) one.program = startProgram(one.command, followed(), one.directory)
    await reportSome()
    const killed = site.restart('SIGKILL')
    await report()
    await killed
    await reportSome()

    // The gap before a stream is filled when the next measurement names its end.
    const isComplete = async () => {
      const complete = missingOf(site, running, firsts, reported).every((missing) => missing.length === 0)
      if (!complete) await report()
      return complete
    }
    await until(`all of ${reported}`, isComplete, 40_000).catch(() => {})
    const missing = missingOf(site, running, firsts, reported)
    const said = running.map(({ name, program }) => `${name}: ${program.said()}`)
    expect({ missing, said }).toEqual({ missing: [[], [], []], said: expect.any(Array) })
  }, 180_000)

  test('end where their key is refused, and say so', async () => {
    const key = `${site.key.slice(0, -1)}${site.key.endsWith('a') ? 'b' : 'a'}`
    start(() => ({ ...followed(), key }))
    await untilEach('their end', ({ program }) => program.hasEnded() && /key-refused/.test(program.said()), undefined, 20_000)
  })

  test('say that the customer has withdrawn and wait, and where it consents again, that what was before cannot be replayed, and go on', async () => {
    start(followed)
    await untilEach('the first offset', ({ program }) => program.offset() !== undefined, report)
    await site.withdrawConsent()
    const withdrawnFrom = reported
    await untilEach('the refusal', ({ program }) => /not-covered/.test(program.said()))
    const before = running.map(({ program }) => program.offset())
    await report()
    const consentedFrom = reported
    await site.giveConsent()
    const hasGoneOn = ({ program }: Running) =>
      /replay-offset-unusable/.test(program.said()) && !before.includes(program.offset())
    await untilEach('a new record', hasGoneOn, report, 40_000)

    for (const one of running) {
      const numbers = [...numbersOf(site, one)]
      expect(numbers.filter((number) => number >= withdrawnFrom && number < consentedFrom)).toEqual([])
      expect([one.name, one.program.hasEnded(), Math.max(...numbers) >= consentedFrom]).toEqual([one.name, false, true])
    }
  }, 90_000)

  test('wait as long as the answer says where a limit is reached, before a stream or within a replay, say so, and go on from the last offset', async () => {
    start((name) => ({ url: limiting.url, organization: encodeURIComponent(name), key: site.key }), 'STORED')
    // The replay is complete: live offsets are stored again.
    await untilEach('live offsets', ({ program }) => program.offset()?.startsWith('L') === true, limiting.measure, 40_000)
    for (const { name, program } of running) {
      const replay = (from: string) => `replay?fromOffset=${from}&toOffset=FIRST`
      const asked = ['live', 'live', replay('STORED'), replay('STORED'), replay('HALF'), replay('HALF')]
      expect([name, limiting.asked(encodeURIComponent(name))]).toEqual([name, asked])
      for (const path of ['live', replay('STORED'), replay('HALF')]) {
        // A timer may be a moment early.
        expect(limiting.waitedMs(encodeURIComponent(name), path), `${name}, ${path}`).toBeGreaterThan(
          retryAfterSeconds * 1000 - 50,
        )
      }
      expect(program.said()).toMatch(/too-many-requests[\s\S]*RateLimitReached/)
      expect(program.stored().map(({ offset }) => offset)).toEqual(expect.arrayContaining(['HALF', 'FIRST']))
    }
  }, 90_000)
})
