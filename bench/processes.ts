import { type ChildProcess, fork, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Load } from './load.ts'

const startWithinMs = 30_000

/** A server in a process of its own. */
export interface Serving {
  url: string
  pid: number
  startedAt: number
  stop(): Promise<void>
}

/** Starts a program that prints the address it serves at. What else it says goes to `logFile`. */
export async function serve(file: string, args: string[], env: Record<string, string>, logFile: string): Promise<Serving> {
  const log = openSync(logFile, 'a')
  const child = spawn(process.execPath, [join(import.meta.dirname, file), ...args], {
    stdio: ['ignore', 'pipe', log],
    env: { PATH: process.env.PATH, ...env },
  })
  closeSync(log)
  const startedAt = performance.now()
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${file} ${why}: ${readFileSync(logFile, 'utf8').slice(-1000)}`))
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

/** The load client: one process for all runs, the same for server and baseline. */
export class LoadClient {
  readonly #child = fork(join(import.meta.dirname, 'load.ts'))

  /** Requests a second. */
  run(load: Load): Promise<number> {
    return new Promise((resolve, reject) => {
      const exited = () => reject(new Error('The load client ended.'))
      this.#child.once('exit', exited)
      this.#child.once('message', (answer: { perSecond?: number; error?: string }) => {
        this.#child.off('exit', exited)
        if (answer.perSecond === undefined) reject(new Error(answer.error))
        else resolve(answer.perSecond)
      })
      this.#child.send(load)
    })
  }

  close(): Promise<void> {
    return stop(this.#child)
  }
}

/** Resident memory of a process, in MiB (Linux: /proc). */
export function residentMiB(pid: number): number {
  const kiB = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  if (kiB === undefined) throw new Error('The memory of a process cannot be read here: this figure needs Linux.')
  return Number(kiB) / 1024
}
