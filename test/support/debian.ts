import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const lockWithinMs = 600_000

/** Programs that tests need and npm does not carry: the Debian package, and a file that shows it is there. */
const packages = {
  'nut-server': ['/sbin/upsd', '/usr/sbin/upsd'],
  'default-jdk-headless': ['/usr/bin/javac'],
} as const

export type DebianPackage = keyof typeof packages

/**
 * Makes sure of a Debian package's program: there already, or installed (as root). Returns null, or what a person must do for
 * the tests that need it.
 */
export function ensurePackage(name: DebianPackage): string | null {
  const there = () => packages[name].some((path) => existsSync(path))
  if (there()) return null
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return `Some tests need Debian's package ${name}: install it (apt-get install ${name}), or run the tests as root.`
  }
  const unlock = lock()
  try {
    if (!there()) install(name)
  } catch (error) {
    return `Debian's package ${name} could not be installed: ${(error as Error).message.split('\n')[0]}`
  } finally {
    unlock()
  }
  return there() ? null : `Debian's package ${name} was installed, but its program is not where it should be.`
}

/** Installs without starting the package's services: a policy that says no stands in for the time. */
function install(name: DebianPackage): void {
  const policy = '/usr/sbin/policy-rc.d'
  const ours = !existsSync(policy)
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    execFileSync('apt-get', ['update', '-q'], { env, stdio: 'ignore' })
    execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], { env, stdio: 'ignore' })
  } finally {
    if (ours) rmSync(policy, { force: true })
  }
}

/** One installation at a time: a directory is made by one process alone. */
function lock(): () => void {
  const path = join(tmpdir(), 'assent-apt.lock')
  const until = Date.now() + lockWithinMs
  for (;;) {
    try {
      mkdirSync(path)
      return () => rmdirSync(path)
    } catch {
      if (Date.now() > until) throw new Error(`another installation does not end; if there is none, delete ${path}`)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
    }
  }
}
