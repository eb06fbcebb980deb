import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

const lockWithinSeconds = 600

/** Programs that tests need and npm does not carry: the Debian package, and what shows that it is there: a file, or a program's name. */
const packages = {
  'nut-server': ['/sbin/upsd', '/usr/sbin/upsd'],
  'default-jdk-headless': ['/usr/bin/javac'],
  curl: ['curl'],
  python3: ['python3'],
  'python3-pip': ['pip3'],
  'golang-go': ['go', '/usr/local/go/bin/go'],
  postgresql: ['/usr/lib/postgresql'],
} as const

export type DebianPackage = keyof typeof packages

/** Those that a run looks for at once; PostgreSQL comes from npm too, and is installed only where that has none (postgres.ts). */
export const debianPackages = (Object.keys(packages) as DebianPackage[]).filter((name) => name !== 'postgresql')

/**
 * Installs a package without starting its services: while it runs, a policy of ours refuses them, unless the machine has one of
 * its own. The lock goes with the process that holds it.
 */
const install = `
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
  trap 'rm -f $policy' EXIT
  trap 'exit 1' HUP INT TERM
  printf '#!/bin/sh\\nexit 101\\n' >$policy && chmod 755 $policy
fi
apt-get update -qq && apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=${lockWithinSeconds} "$1"`

/** A path, or a name that is looked for where the shell would. */
function isFound(program: string): boolean {
  if (program.startsWith('/')) return existsSync(program)
  return (process.env.PATH ?? '').split(delimiter).some((directory) => existsSync(join(directory, program)))
}

/**
 * Makes sure of a Debian package's program: there already, or installed (as root). Returns null, or what a person must do for
 * the tests that need it.
 */
export function ensurePackage(name: DebianPackage): string | null {
  const isThere = () => packages[name].some(isFound)
  if (isThere()) return null
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return `Some tests need Debian's package ${name}: install it (apt-get install ${name}), or run the tests as root.`
  }
  console.error(`Installing Debian's package ${name} for the tests (once)…`)
  const lock = join(tmpdir(), 'assent-apt.lock')
  const { status, stderr } = spawnSync('flock', ['-w', String(lockWithinSeconds), lock, 'sh', '-c', install, 'sh', name], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  })
  if (isThere()) return null
  const reason = stderr?.trim().split('\n').at(-1) || `apt-get ended with ${status}`
  return `Debian's package ${name}, which some tests need, could not be installed: ${reason}`
}
