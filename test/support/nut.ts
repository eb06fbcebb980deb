import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ensurePackage } from './debian.ts'

const readyWithinMs = 20_000

/** Debian's /sbin/upsd is a wrapper that wants the system's own nut.conf: this is the program itself. */
const upsdProgram = ['/lib/nut/upsd', '/usr/lib/nut/upsd'].find(existsSync) ?? '/usr/sbin/upsd'
const driverProgram = ['/lib/nut/dummy-ups', '/usr/lib/nut/dummy-ups'].find(existsSync) ?? '/lib/nut/dummy-ups'

/** Variables of NUT by name, such as `'ups.status': 'OL'`. */
export type UpsVariables = Record<string, string>

/** A real upsd with a dummy-ups driver for each UPS, on a port of its own. */
export interface Nut {
  port: number
  /** Sets a variable in the driver's file (of the first UPS, where none is named) and returns when upsd gives it out. */
  set(variable: string, value: string, ups?: string): Promise<void>
  /** Kills a UPS's driver, so that upsd knows the UPS and has lost it. */
  loseDriver(ups: string): Promise<void>
  /** Starts the driver again. */
  startDriver(ups: string): Promise<void>
  /** Kills upsd itself; the drivers go on. */
  loseServer(): Promise<void>
  startServer(): Promise<void>
  stop(): Promise<void>
}

/** What a UPS has, where the test does not say otherwise. */
export const usualUps: UpsVariables = {
  'ups.mfr': 'American Power Conversion',
  'ups.model': 'Smart-UPS 1500',
  'device.serial': 'AS1234567890',
  'ups.firmware': '653.18.I',
  'ups.status': 'OL',
  'ups.load': '23.4',
  'battery.charge': '100',
  'battery.runtime': '2580',
  'input.voltage': '230.4',
}

/** Starts upsd with these UPSs, and returns when it gives out the variables of all of them. Says why where NUT is not there. */
export async function startNut(options: { ups: Record<string, UpsVariables> }): Promise<Nut> {
  const missing = ensurePackage('nut-server')
  if (missing !== null) throw new Error(missing)
  const directory = mkdtempSync(join(tmpdir(), 'assent-nut-'))
  const port = await freePort()
  const variables = new Map(Object.entries(options.ups).map(([name, given]) => [name, { ...given }]))
  const processes = new Map<string, ChildProcess>()
  let writes = 0

  function writeDevice(ups: string): void {
    const path = join(directory, `${ups}.dev`)
    const lines = Object.entries(variables.get(ups) ?? {}).map(([name, value]) => `${name}: ${value}\n`)
    writeFileSync(`${path}.new`, lines.join(''), { mode: 0o600 })
    // The driver reads the file again when its time in whole seconds is another.
    writes += 1
    const time = Math.floor(Date.now() / 1000) + writes
    utimesSync(`${path}.new`, time, time)
    renameSync(`${path}.new`, path)
  }

  function run(name: string, program: string, args: string[]): void {
    const user = process.getuid?.() === 0 ? ['-u', 'root'] : []
    const env = { ...process.env, NUT_CONFPATH: directory, NUT_STATEPATH: directory, NUT_ALTPIDPATH: directory }
    const running = spawn(program, ['-D', ...user, ...args], { env, stdio: 'ignore' })
    processes.set(name, running)
    // What a failed test leaves running goes with the tests' own process.
    const leave = () => void running.kill('SIGKILL')
    process.once('exit', leave)
    running.once('exit', () => process.off('exit', leave))
  }

  async function end(name: string): Promise<void> {
    const running = processes.get(name)
    processes.delete(name)
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return
    const ended = new Promise((resolve) => running.once('exit', resolve))
    running.kill('SIGKILL')
    await ended
  }

  const given = async (ups: string, variable: string) =>
    /^VAR \S+ \S+ "(.*)"$/m.exec(await asked(port, `GET VAR ${ups} ${variable}`))?.[1]

  const nut: Nut = {
    port,
    async set(variable, value, ups = variables.keys().next().value as string) {
      const known = variables.get(ups)
      if (known === undefined) throw new Error(`there is no UPS ${ups}`)
      known[variable] = value
      writeDevice(ups)
      await until(`upsd gives ${variable} of ${ups} as ${value}`, async () => (await given(ups, variable)) === value)
    },
    loseDriver: end,
    async startDriver(ups) {
      rmSync(join(directory, `dummy-ups-${ups}`), { force: true })
      run(ups, driverProgram, ['-a', ups])
      const [variable = '', value] = Object.entries(variables.get(ups) ?? {}).at(-1) ?? []
      await until(`upsd has ${ups}`, async () => (await given(ups, variable)) === value)
    },
    loseServer: () => end(' upsd'),
    async startServer() {
      run(' upsd', upsdProgram, [])
      await until('upsd answers', async () => (await asked(port, 'LIST UPS')).includes('END LIST UPS'))
    },
    async stop() {
      await Promise.all([...processes.keys()].map(end))
      rmSync(directory, { recursive: true, force: true })
    },
  }

  const sections = [...variables.keys()].map(
    (ups) => `[${ups}]\n  driver = dummy-ups\n  port = ${ups}.dev\n  desc = "UPS ${ups}"\n  mode = dummy-once\n`,
  )
  writeFileSync(join(directory, 'ups.conf'), `maxretry = 1\npollinterval = 1\n${sections.join('')}`, { mode: 0o600 })
  writeFileSync(join(directory, 'upsd.conf'), `LISTEN 127.0.0.1 ${port}\nMAXAGE 5\n`, { mode: 0o600 })
  writeFileSync(join(directory, 'upsd.users'), '', { mode: 0o600 })
  for (const ups of variables.keys()) writeDevice(ups)
  try {
    await nut.startServer()
    await Promise.all([...variables.keys()].map((ups) => nut.startDriver(ups)))
  } catch (error) {
    await nut.stop()
    throw error
  }
  return nut
}

/** upsd's answer to one line; empty where it does not answer. */
function asked(port: number, line: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(`${line}\nLOGOUT\n`))
    socket.setTimeout(2000, () => socket.destroy())
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(answer))
  })
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + readyWithinMs
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`after ${readyWithinMs / 1000} s it does not hold that ${what}`)
    await wait(50)
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
