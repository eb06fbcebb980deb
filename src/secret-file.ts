import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Clock } from './clock.ts'

const secretBytes = 32
/** As of ASSENT_SECRET. */
const secretLengthMin = 32

/** The server's secret of a data directory: made once, readable by its owner alone. */
export function secretOfDirectory(directory: string, clock: Clock): string {
  const path = join(directory, 'secret')
  const existing = readIfThere(path)
  if (existing !== null) return whole(existing, path)
  const made = `${path}.${clock.randomBytes(6).toString('hex')}`
  writePrivateFile(made, `${clock.randomBytes(secretBytes).toString('base64url')}\n`)
  try {
    // A link, unlike a rename, leaves the secret of a process that was faster.
    linkSync(made, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(made, { force: true })
  }
  return whole(readFileSync(path, 'utf8').trim(), path)
}

/** A file that was emptied or cut would be a secret that anybody can guess. */
function whole(secret: string, path: string): string {
  if (secret.length >= secretLengthMin) return secret
  throw new Error(
    `${path} does not hold the server's secret: it has ${secret.length} characters, of ${secretLengthMin} or more. Put it back from a backup; ` +
      'only where the database is new as well, delete the file, and another secret is made.',
  )
}

/** Writes a file of mode 0600 whole or not at all, and onto the disk before it returns. */
export function writePrivateFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const temporary = `${path}.part`
  rmSync(temporary, { force: true })
  const file = openSync(temporary, 'wx', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
