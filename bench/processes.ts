import { type ChildProcess, fork, spawn } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const startWithinMs = 30_000

/** A server in a process of its own. */
export interface Serving {
  url: string
  pid: number
  startedAt: number
  stop(): Promise<void>
}

/** Starts a program that prints the address it serves at. What else it says goes to `logFile`. */
export async function serve(command: string, args: string[], env: Record<string, string>, logFile: string): Promise<Serving> {
  const log = openSync(logFile, 'a')
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', log],
    env: { PATH: process.env.PATH, ...env },
  })
  closeSync(log)
  const startedAt = performance.now()
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) =>
      reject(new Error(`${command} ${args.join(' ')} ${why}: ${readFileSync(logFile, 'utf8').slice(-1000)}`))
    const timer = setTimeout(() => fail('does not start'), startWithinMs)
    child.once('exit', (code) => fail(`ended with ${code}`))
    let said = ''
    child.stdout?.on('data', (text: Buffer) => {
      said += text
      const found = /\bat (http:\S+)/.exec(said)?.[1]
      if (found === undefined) return
      clearTimeout(timer)
      resolve(found.replace('localhost', '127.0.0.1'))
    })
  }).catch((error) => {
    child.kill('SIGKILL')
    throw error
  })
  return { url, pid: child.pid as number, startedAt, stop: () => stop(child) }
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

/** A program of the bench in a process of its own, which answers each question that it is asked (answering.ts). */
export class Forked<Question extends object, Answer> {
  readonly #file: string
  #child: ChildProcess | undefined

  constructor(file: string) {
    this.#file = file
  }

  /** Of its process, once it was asked. */
  get pid(): number {
    return this.#child?.pid ?? 0
  }

  /** One question at a time. The first one starts the process. */
  ask(question: Question): Promise<Answer> {
    this.#child ??= fork(join(import.meta.dirname, this.#file))
    const child = this.#child
    return new Promise((resolve, reject) => {
      const exited = () => reject(new Error(`${this.#file} ended.`))
      child.once('exit', exited)
      child.once('message', (answer: { value: Answer } | { error: string }) => {
        child.off('exit', exited)
        if ('error' in answer) reject(new Error(answer.error))
        else resolve(answer.value)
      })
      child.send(question)
    })
  }

  async close(): Promise<void> {
    if (this.#child !== undefined) await stop(this.#child)
  }
}

/** CPU time that a process has used, all its threads together, in seconds (Linux: /proc, in ns, where `stat` has hundredths of a second). */
export function cpuSeconds(pid: number): number {
  let nanoseconds = 0
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ', 1)[0])
  }
  return nanoseconds / 1e9
}

/** CPU time that PostgreSQL has used, all its processes together, those that have ended too, in seconds (Linux: /proc, in hundredths). */
export function postgresCpuSeconds(postmaster: number): number {
  const times = (pid: string): { parent: number; hundredths: number } | null => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // Behind the name: state, parent, … user and system time of its own (12th, 13th), and of children that it has waited for.
      const [, parent, ...rest] = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number)
      return { parent: parent as number, hundredths: rest.slice(9, 13).reduce((sum, one) => sum + one) }
    } catch {
      return null
    }
  }
  let sum = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const one = times(pid)
    if (one !== null && (one.parent === postmaster || Number(pid) === postmaster)) sum += one.hundredths
  }
  return sum / 100
}

/** Resident memory of a process, in MiB (Linux: /proc). */
export function residentMiB(pid: number): number {
  const kiB = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  if (kiB === undefined) throw new Error('The memory of a process cannot be read here: this figure needs Linux.')
  return Number(kiB) / 1024
}
