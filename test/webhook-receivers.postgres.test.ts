import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DebianPackage, ensurePackage } from './support/debian.ts'
import { Door, type PartnerOfTest } from './support/door.ts'
import { startServer, type TestServer } from './support/server.ts'

const made = resolve('node_modules/.cache/assent/receivers')
const libraries = `${made}/python`

/** Go 1.21: the library's own module asks for it, and older ones cannot even read that. */
const oldestGo = 21

/** A Go that is new enough: the one on the path, or where its own installer puts it; Debian's may be older. */
function goProgram(): string {
  const isNewEnough = (program: string) => {
    const { stdout } = spawnSync(program, ['version'], { encoding: 'utf8' })
    return Number(/ go1\.(\d+)/.exec(stdout ?? '')?.[1] ?? 0) >= oldestGo
  }
  const program = ['go', '/usr/local/go/bin/go'].find(isNewEnough)
  if (program === undefined)
    throw new Error(`The receiver in Go needs Go 1.${oldestGo} or later: install it (https://go.dev/doc/install).`)
  return program
}

/** Receivers that verify with the specification's own libraries, each built of what its registry has. */
const receivers: Record<
  string,
  { needs: DebianPackage[]; made?: string; build: () => [string, string[], string?]; run: string[] }
> = {
  Python: {
    needs: ['python3', 'python3-pip'],
    made: `${libraries}/standardwebhooks-1.1.0.dist-info`,
    build: () => [
      'python3',
      ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', libraries, '--upgrade', 'standardwebhooks==1.1.0'],
    ],
    run: ['python3', 'test/receivers/receiver.py'],
  },
  Go: {
    needs: ['golang-go'],
    build: () => [goProgram(), ['build', '-mod=readonly', '-o', `${made}/receiver`, '.'], 'test/receivers/go'],
    run: [`${made}/receiver`],
  },
}

let server: TestServer
let partner: PartnerOfTest
const stops: (() => void)[] = []
beforeAll(async () => {
  mkdirSync(made, { recursive: true })
  for (const { needs, made, build } of Object.values(receivers)) {
    for (const missing of needs.map(ensurePackage)) if (missing !== null) throw new Error(missing)
    // What is there already is not asked of its registry again.
    if (made !== undefined && existsSync(made)) continue
    const [command, args, cwd] = build()
    const { status, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr}`)
  }
  server = await startServer({ flags: ['--inside-addresses', '127.0.0.1', '--rate-limit-factor', '1000000'] })
  partner = await new Door(server.url, server.dataDir).partner('Acme')
}, 600_000)
afterAll(async () => {
  for (const stop of stops) stop()
  await server?.close()
})

async function start([command = '', ...args]: string[], secret: string): Promise<string> {
  const child = spawn(command, [...args, secret], {
    env: { ...process.env, PYTHONPATH: libraries },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  stops.push(() => child.kill('SIGKILL'))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${command} ended with ${code}`)))
    child.stdout.once('data', (text: Buffer) => resolve(text.toString().trim().replace('at ', '')))
  })
}

test.each(Object.keys(receivers))(
  'a receiver in %s takes what is signed with its secret, also while that is replaced, and nothing else',
  async (language) => {
    const { run } = receivers[language] as (typeof receivers)[string]
    const later = { name: language, url: 'http://127.0.0.1:9', kinds: ['key.expiring'] }
    const { webhook, secret } = await partner.portal.send<{ webhook: { id: string }; secret: string }>('POST', '/webhooks', later)
    const url = await start(run, secret)
    await partner.portal.send('PATCH', `/webhooks/${webhook.id}`, { url })
    const outcome = async () => {
      const { deliveryId } = await partner.portal.send<{ deliveryId: string }>('POST', `/webhooks/${webhook.id}/tests`, {})
      const path = `/webhooks/${webhook.id}/deliveries/${deliveryId}`
      let status: number | undefined
      await expect
        .poll(
          async () => {
            status = (await partner.portal.send<{ lastStatus?: number }>('GET', path)).lastStatus
            return status
          },
          { timeout: 20_000 },
        )
        .toBeTypeOf('number')
      return status
    }
    expect(await outcome()).toBe(204)
    await partner.portal.send('POST', `/webhooks/${webhook.id}/secret`, { overlapHours: 1 })
    expect(await outcome()).toBe(204)
    await partner.portal.send('POST', `/webhooks/${webhook.id}/secret`, { overlapHours: 0 })
    expect(await outcome()).toBe(400)
  },
)
