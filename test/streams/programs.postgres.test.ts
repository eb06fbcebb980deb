import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ensurePackage } from '../support/debian.ts'
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
  /** The numbers of the measurements that it has stored. */
  stored(): Set<number>
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

function startProgram([command = '', ...args]: string[], site: MeasuredSite, directory: string, key: string): Program {
  const child: ChildProcess = spawn(command, [...args, site.line.url, site.organization, directory], {
    env: cleanEnvironment({ KEY: key, no_proxy: '*' }),
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
      return new Set(whole.filter((line) => line !== '').map((line) => site.numberOf(JSON.parse(line))))
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

/** What each program has not stored of the measurements from its own first one on. */
function missingOf(running: Running[], firsts: number[], reported: number): number[][] {
  return running.map(({ program }, index) => {
    const first = firsts[index] as number
    const stored = program.stored()
    return Array.from({ length: reported - first }, (_, place) => first + place).filter((number) => !stored.has(number))
  })
}

describe('the programs of the guide, in TypeScript, Python, and sh with curl,', () => {
  let site: MeasuredSite
  let running: Running[]
  beforeAll(() => {
    for (const missing of [ensurePackage('curl'), ensurePackage('python3')]) if (missing !== null) throw new Error(missing)
  }, 600_000)
  beforeEach(async () => {
    site = await newMeasuredSite('postgres', sensors)
    running = []
  })
  afterEach(async () => {
    for (const { program } of running) await program.kill()
    for (const { directory } of running) rmSync(directory, { recursive: true, force: true })
    await site.close()
  })
  const start = (key = site.key) => {
    for (const [name, command] of Object.entries(programs)) {
      const directory = mkdtempSync(join(tmpdir(), 'assent-program-'))
      running.push({ name, command, directory, program: startProgram(command, site, directory, key) })
    }
  }

  test('end with every acknowledged measurement, over a cut line, restarts of the server and their own', async () => {
    let reported = 0
    const report = async () => {
      await site.report(reported, batch)
      reported += batch
    }
    const reportSome = async () => {
      for (const end = reported + 5 * batch; reported < end; ) await report()
    }
    start()
    // What a program makes its record of begins with the first offset that it stores.
    await until('the first offset of each', async () => {
      await report()
      return running.every(({ program }) => program.offset() !== undefined)
    })
    const firsts = running.map(({ program }) => Math.min(...program.stored()))
    await reportSome()
    expect(site.line.cut()).toBeGreaterThanOrEqual(running.length)
    await reportSome()
    const stopped = site.restart('SIGTERM')
    await report()
    await stopped
    await reportSome()
    for (const { program } of running) await program.kill()
    await reportSome()
    for (const one of running) one.program = startProgram(one.command, site, one.directory, site.key)
    await reportSome()
    const killed = site.restart('SIGKILL')
    await report()
    await killed
    await reportSome()

    // The gap before a stream is filled when the next measurement names its end.
    const isComplete = async () => {
      const complete = missingOf(running, firsts, reported).every((missing) => missing.length === 0)
      if (!complete) await report()
      return complete
    }
    await until(`all of ${reported}`, isComplete, 40_000).catch(() => {})
    const missing = missingOf(running, firsts, reported)
    const said = running.map(({ name, program }) => `${name}: ${program.said()}`)
    expect({ missing, said }).toEqual({ missing: [[], [], []], said: expect.any(Array) })
  }, 180_000)

  test('end where their key is refused, and say so', async () => {
    start(`${site.key.slice(0, -1)}${site.key.endsWith('a') ? 'b' : 'a'}`)
    for (const { name, program } of running) {
      await until(`the end of ${name}`, async () => program.hasEnded(), 20_000)
      expect(program.said()).toMatch(/key-refused/)
    }
  })
})
