import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/opt/google/chrome/chrome']

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const modules = join(import.meta.dirname, '../../node_modules')

/** A headless Chromium: $CHROMIUM_PATH, an installed one, else the one that comes by npm. It asks nothing of other machines. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ ...browserProgram(), args, headless: true })
}

function browserProgram(): { executablePath: string; env?: Record<string, string> } {
  const named = process.env.CHROMIUM_PATH
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which is not there.`)
    return { executablePath: named }
  }
  const found = installed.find((path) => existsSync(path))
  if (found) return { executablePath: found }

  const directory = unpackedBrowser()
  return {
    executablePath: join(directory, 'chromium'),
    env: {
      ...(process.env as Record<string, string>),
      LD_LIBRARY_PATH: join(directory, 'al2023/lib'),
      FONTCONFIG_PATH: join(directory, 'fonts'),
    },
  }
}

/**
 * The npm package's browser, unpacked once for this checkout, with its own libraries and fonts. The package would unpack into the
 * machine's one temporary directory, where two users or two runs at once get in each other's way.
 */
function unpackedBrowser(): string {
  const manifest = join(modules, '@sparticuz/chromium/package.json')
  if (!existsSync(manifest)) throw new Error('No browser for the tests: install Chromium, or name one in CHROMIUM_PATH.')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  const directory = join(modules, `.cache/assent/chromium-${version}`)
  if (existsSync(directory)) return directory

  mkdirSync(dirname(directory), { recursive: true })
  const making = mkdtempSync(`${directory}-making-`)
  const unpack = `(await import('@sparticuz/chromium')).default.executablePath()`
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', unpack], {
    cwd: import.meta.dirname,
    // The package's word for "bring the libraries too": it is made for another system.
    env: { ...process.env, TMPDIR: making, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' },
    encoding: 'utf8',
  })
  if (status !== 0) {
    rmSync(making, { recursive: true, force: true })
    throw new Error(`The browser for the tests could not be unpacked: ${stderr}`)
  }
  const fonts = `<fontconfig><dir>${directory}/fonts</dir><cachedir>${directory}/fonts-cache</cachedir></fontconfig>`
  writeFileSync(join(making, 'fonts/fonts.conf'), `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n${fonts}\n`)
  try {
    renameSync(making, directory)
  } catch {
    // Another run was faster.
    rmSync(making, { recursive: true, force: true })
  }
  return directory
}
