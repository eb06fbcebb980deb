// Makes a bare clone ready: dependencies, a Node of 24 or later, the portal's files (--portal), what tests need (--test). It runs under
// whatever Node the machine has, so it is plain JavaScript and imports nothing that is not Node's.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

process.chdir(join(dirname(fileURLToPath(import.meta.url)), '..'))
const wanted = new Set(process.argv.slice(2))

const nodeMajor = 24
const installed = 'node_modules/.package-lock.json'
const node = 'node_modules/.bin/node'
// It lies in node_modules, so that new dependencies make a new portal.
const portalStamp = 'node_modules/.cache/assent/portal'
const portalFiles = 'web/dist'
const portalPage = `${portalFiles}/en/index.html`
const lockFile = '.prepare.lock'
const lockWithinMs = 15 * 60_000

function fail(message) {
  console.error(message)
  process.exit(1)
}

/** Runs a program whose words go to stderr, since our stdout may be read by another program. */
function run(command, args) {
  return spawnSync(command, args, { stdio: ['ignore', 2, 2] }).status === 0
}

function needsInstall() {
  return !existsSync(installed) || statSync(installed).mtimeMs < statSync('package-lock.json').mtimeMs
}

function install() {
  console.error('Installing what Assent needs (once)…')
  const npm = process.env.npm_execpath
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const done = npm ? run(process.execPath, [npm, ...args]) : run('npm', args)
  if (!done) fail('npm could not install the dependencies: see its message above. Is the package registry reachable?')
}

/** npm leaves the link out when sibling packages for other machines are skipped. */
function linkNode() {
  const names = ['node', 'node-bin'].map((name) => `${name}-${process.platform}-${process.arch}`)
  const found = names.find((name) => existsSync(`node_modules/${name}/bin/node`))
  if (found) symlinkSync(`../${found}/bin/node`, node)
}

/** The Node that npm's scripts find first, or a word on what to install. */
function usableNode() {
  const path = existsSync(node) ? node : process.execPath
  const version = path === node ? (spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout || '').trim() : process.version
  if (!(Number.parseInt(version.slice(1), 10) >= nodeMajor)) {
    fail(
      `Assent runs on Node ${nodeMajor} or later. This machine has ${process.version}, and npm brought ` +
        `${path === node ? `one that does not run here (${version || 'no answer'})` : `none for ${process.platform} ${process.arch}`}. ` +
        `Install Node ${nodeMajor} from https://nodejs.org and run this again.`,
    )
  }
  return path
}

function filesUnder(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  const names = readdirSync(path).filter((name) => name !== 'node_modules' && name !== 'dist')
  return names.sort().flatMap((name) => filesUnder(join(path, name)))
}

/** English stands in web/texts itself, each other language in a folder of its own there. */
function foldersIn(path) {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
}

/** What the portal is made of, in one number; null where there is no portal. */
function portalSources() {
  if (!existsSync('web/vite.config.ts')) return null
  const hash = createHash('sha256')
  for (const file of ['package-lock.json', 'web', 'client', 'openapi'].flatMap(filesUnder)) {
    hash.update(file).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

function needsPortal() {
  const sources = wanted.has('--portal') ? portalSources() : null
  return sources !== null && !(existsSync(portalPage) && existsSync(portalStamp) && readFileSync(portalStamp, 'utf8') === sources)
}

function buildPortal() {
  console.error('Building the portal…')
  const sources = portalSources()
  rmSync(portalFiles, { recursive: true, force: true })
  for (const language of ['en', ...foldersIn('web/texts')]) {
    if (!run(usableNode(), ['node_modules/vite/bin/vite.js', 'build', 'web', '--mode', language, '--logLevel', 'warn'])) {
      fail('The portal could not be built: see above.')
    }
  }
  mkdirSync(dirname(portalStamp), { recursive: true })
  writeFileSync(portalStamp, sources)
}

/** One preparation at a time. The lock is a file that comes into being with its owner's number in it. */
function lock() {
  const mine = `${lockFile}.${process.pid}`
  try {
    writeFileSync(mine, String(process.pid))
  } catch (error) {
    fail(`There is something to prepare here, and this folder cannot be written: ${error.message}`)
  }
  process.on('exit', () => {
    rmSync(mine, { force: true })
    if (owner() === process.pid) rmSync(lockFile, { force: true })
  })
  for (const until = Date.now() + lockWithinMs; !tryLock(mine); ) {
    takeAwayFromTheDead()
    if (Date.now() > until) fail(`Another preparation (process ${owner()}) does not end. If it hangs, end it and run this again.`)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
  }
}

function tryLock(mine) {
  try {
    linkSync(mine, lockFile)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') fail(`This folder cannot be locked: ${error.message}`)
    return false
  }
}

function owner(file = lockFile) {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** A lock whose owner was killed is moved aside, and put back where it turns out to be another's by then. */
function takeAwayFromTheDead() {
  const dead = owner()
  if (dead === null || isAlive(dead)) return
  const aside = `${lockFile}.of-${dead}.${process.pid}`
  try {
    renameSync(lockFile, aside)
    if (owner(aside) !== dead) linkSync(aside, lockFile)
  } catch {
    // Whoever was faster has it: the next look tells.
  } finally {
    rmSync(aside, { force: true })
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code !== 'ESRCH'
  }
}

// With nothing to do no lock is taken and nothing is written: an installation may be read-only.
if (needsInstall() || !existsSync(node) || needsPortal()) {
  lock()
  if (needsInstall()) install()
  if (!existsSync(node)) linkNode()
  if (needsPortal()) buildPortal()
}
const runtime = usableNode()
if (wanted.has('--test')) run(runtime, ['test/support/needs.ts'])
