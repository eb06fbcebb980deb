import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** Who holds a directory. The start time tells a process from a later one that was given the same number. */
interface Holder {
  pid: number
  started: string
  host: string
}

/**
 * Takes `directory` for this process, making it where it is missing: two processes on one embedded database would destroy it,
 * silently. Returns what gives it back. Throws, saying what to do, where another living process has it.
 */
export function lockDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, 'assent.lock')
  const own = `${path}.${process.pid}`
  writeFileSync(own, JSON.stringify({ pid: process.pid, started: startOf(process.pid), host: hostname() }), { mode: 0o600 })
  try {
    while (!linked(own, path)) {
      const holder = holderOf(path)
      if (holder !== null && holds(holder)) throw new Error(refusal(directory, holder))
      // Of several starters that see the same dead holder, one alone moves its file away.
      moveAway(path, `${own}.stale`)
    }
  } finally {
    rmSync(own, { force: true })
    rmSync(`${own}.stale`, { force: true })
  }
  return () => rmSync(path, { force: true })
}

function linked(own: string, path: string): boolean {
  try {
    linkSync(own, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function holderOf(path: string): Holder | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder
  } catch {
    return null
  }
}

function moveAway(path: string, aside: string): void {
  try {
    renameSync(path, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

function holds(holder: Holder): boolean {
  if (holder.host !== hostname()) return true
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return holder.started === startOf(holder.pid)
}

/** When a process started, in the kernel's ticks (field 22 of /proc/pid/stat); empty where the system does not say. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

function refusal(directory: string, holder: Holder): string {
  const where = holder.host === hostname() ? `process ${holder.pid}` : `process ${holder.pid} on ${holder.host}`
  return (
    `The data directory ${directory} is in use by ${where}. Stop that process, or name another directory with --data. ` +
    `(Only if you are sure that it no longer runs: delete ${join(directory, 'assent.lock')}.)`
  )
}
