// Makes a bare clone ready: dependencies, a Node of 24 or later, the portal's files. It runs under whatever Node the machine has,
// so it is plain JavaScript and imports nothing that is not Node's. With nothing to do it takes a tenth of a second.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

process.chdir(join(dirname(fileURLToPath(import.meta.url)), '..'))
const wanted = new Set(process.argv.slice(2))

const installed = 'node_modules/.package-lock.json'
const node = 'node_modules/.bin/node'
const lockDirectory = '.prepare.lock'
const lockWithinMs = 15 * 60_000

function fail(message) {
  console.error(message)
  process.exit(1)
}

function run(command, args, env = process.env) {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 2, 2], env })
  return status === 0
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
  if (existsSync(node)) return
  const names = ['node', 'node-bin'].map((name) => `${name}-${process.platform}-${process.arch}`)
  const found = names.find((name) => existsSync(`node_modules/${name}/bin/node`))
  if (found) symlinkSync(`../${found}/bin/node`, node)
}

function checkNode() {
  const runtime = existsSync(node) ? node : process.execPath
  const { stdout } = spawnSync(runtime, ['--version'], { encoding: 'utf8' })
  const version = (stdout || '').trim()
  if (!(Number.parseInt(version.slice(1), 10) >= 24)) {
    fail(`Assent runs on Node 24 or later; this machine has ${version || 'none'}, and npm has none for ${process.platform} ${process.arch}. Install Node 24 from nodejs.org.`)
  }
  return runtime
}

function filesUnder(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .filter((name) => !['node_modules', 'dist'].includes(name))
    .sort()
    .flatMap((name) => filesUnder(join(path, name)))
}

/** Builds the portal where its sources differ from those of the last build. */
function buildPortal(runtime) {
  if (!existsSync('web/vite.config.ts')) return
  const hash = createHash('sha256')
  for (const file of ['package-lock.json', ...filesUnder('web'), ...filesUnder('client')]) hash.update(file).update('\0').update(readFileSync(file))
  const digest = hash.digest('hex')
  const stamp = 'web/dist/.sources'
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  console.error('Building the portal…')
  if (!run(runtime, ['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn'])) fail('The portal could not be built: see above.')
  writeFileSync(stamp, digest)
}

/** One preparation at a time. Returns what lets the next one in. */
function lock() {
  const until = Date.now() + lockWithinMs
  for (;;) {
    try {
      mkdirSync(lockDirectory)
      writeFileSync(join(lockDirectory, 'pid'), String(process.pid))
      return () => rmSync(lockDirectory, { recursive: true, force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') fail(`This folder cannot be written: ${error.message}`)
      if (abandoned()) rmSync(lockDirectory, { recursive: true, force: true })
      else if (Date.now() > until) fail(`Another preparation does not end. If there is none, delete ${lockDirectory}.`)
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
    }
  }
}

function abandoned() {
  try {
    process.kill(Number(readFileSync(join(lockDirectory, 'pid'), 'utf8')), 0)
    return false
  } catch (error) {
    // No number yet: its owner is between making the directory and writing it, unless that was long ago.
    if (error.code === 'ESRCH') return true
    return existsSync(lockDirectory) && Date.now() - statSync(lockDirectory).mtimeMs > 10_000
  }
}

const unlock = lock()
process.on('exit', unlock)
if (needsInstall()) install()
linkNode()
const runtime = checkNode()
if (wanted.has('--portal')) buildPortal(runtime)
