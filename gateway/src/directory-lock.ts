import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Takes the lock of a data directory; the answer gives it back. Two gateways on one directory would send each other's queue.
 * A lock whose process is gone (kill -9, power cut) is taken over. Throws where another gateway holds it.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const path = join(directory, 'lock')
  const own = `${path}.${process.pid}`
  await writeFile(own, JSON.stringify({ pid: process.pid, startedAt: await startOf(process.pid) }), { mode: 0o600 })
  try {
    // The lock appears whole, since it is a second name of a file that was written before.
    while (!(await isLinked(own, path))) {
      const held = await readFile(path, 'utf8').catch(() => '')
      const holder = parsed(held)
      if (holder && (await isRunning(holder))) {
        throw new Error(
          `another gateway (process ${holder.pid}) uses ${directory}: stop it, or give this one a dataDirectory of its own`,
        )
      }
      await removeStale(path, held, `${own}.stale`)
    }
  } finally {
    await unlink(own)
  }
  return () => unlink(path)
}

async function isLinked(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

/** Only one of several starting processes gets the stale file; who moved a fresh lock away by mistake puts it back. */
async function removeStale(path: string, stale: string, aside: string): Promise<void> {
  try {
    await rename(path, aside)
    if ((await readFile(aside, 'utf8')) !== stale) await link(aside, path)
    await unlink(aside)
  } catch (error) {
    if (!isCode(error, 'ENOENT') && !isCode(error, 'EEXIST')) throw error
  }
}

interface Holder {
  pid: number
  startedAt: string | null
}

function parsed(text: string): Holder | null {
  try {
    const holder = JSON.parse(text) as Holder
    return Number.isInteger(holder.pid) ? holder : null
  } catch {
    return null // gone just now, or cut off by a power cut
  }
}

async function isRunning({ pid, startedAt }: Holder): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (isCode(error, 'ESRCH')) return false
  }
  // Process numbers are used again; with its start time one is unmistakable.
  return startedAt === null || startedAt === (await startOf(pid))
}

/** When a process started, in the system's ticks; null where there is no /proc to tell. */
async function startOf(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
