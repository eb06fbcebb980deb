import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { endWithin, startProcess } from './own-process.ts'

/** What no refusal may repeat, and the address of a database that holds it: nothing listens there. */
export const secret = 'a-secret-of-the-server-that-nobody-should-see'
export const address = `postgres://assent:${secret}@127.0.0.1:1/assent`

/** Starts the server, which must refuse: what it wrote as an error, one line without a stack. */
export async function refusalOf(flags: readonly string[], env: Record<string, string | undefined> = {}): Promise<string> {
  const running = startProcess(['src/main.ts', ...flags], {
    ASSENT_DATA: join(tmpdir(), 'assent-refused'),
    ASSENT_LOG_LEVEL: 'warn',
    ...env,
  })
  expect(await endWithin(running)).toBe(1)
  const said = running.stderr().trim()
  expect(said).toMatch(/^Assent cannot start: [^\n]+$/)
  expect(said + running.stdout()).not.toContain(secret)
  return said
}
