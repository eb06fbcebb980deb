import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { whyNotStarted } from '../../src/start-failure.ts'
import { endWithin, startProcess } from './own-process.ts'

/** What no refusal may repeat, and the address of a database that holds it: nothing listens there. */
export const secret = 'a-secret-of-the-server-that-nobody-should-see'
export const address = `postgres://assent:${secret}@127.0.0.1:1/assent`

type Environment = Record<string, string | undefined>

const settingsOf = (env: Environment) => ({ ASSENT_DATA: join(tmpdir(), 'assent-refused'), ASSENT_LOG_LEVEL: 'warn', ...env })

/** Begins all that the server would with these settings, in this process, where it must be refused: with what, in one line. */
export async function refusalOf(flags: readonly string[], env: Environment = {}): Promise<string> {
  const said = await begin(flags, settingsOf(env)).then(() => 'It started.', whyNotStarted)
  expect(said).toMatch(/^[^\n]+$/)
  expect(said).not.toContain(secret)
  return said
}

async function begin(flags: readonly string[], env: Environment): Promise<void> {
  const config = readConfig(flags, env)
  if (config === null) return
  const { restore, start } = await import('../../src/main.ts')
  if (config.restore !== undefined) await restore(config, config.restore)
  else await (await start(config)).close()
}

/** Starts the server's program, which must refuse: what it wrote as an error, one line without a stack. */
export async function refusalOfProgram(flags: readonly string[], env: Environment = {}): Promise<string> {
  const running = startProcess(['src/main.ts', ...flags], settingsOf(env))
  expect(await endWithin(running)).toBe(1)
  const said = running.stderr().trim()
  expect(said).toMatch(/^Assent cannot start: [^\n]+$/)
  expect(said + running.stdout()).not.toContain(secret)
  return said
}
