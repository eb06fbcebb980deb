import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { endWithin } from './support/own-process.ts'
import { formsOf } from './support/secret-forms.ts'
import { newPlace, startServerProcess } from './support/server-process.ts'

describe('the secret that a data directory is given of itself', () => {
  test('stands in its own file alone, which is for its owner', async () => {
    const other = await newPlace('embedded')
    const running = await startServerProcess([...other.flags, '--log-level', 'trace'])
    const secret = readFileSync(join(other.dataDir, 'secret'), 'utf8').trim()
    const forms = formsOf(secret)
    const holding = globSync('**', { cwd: other.dataDir }).filter((path) => {
      const file = join(other.dataDir, path)
      return statSync(file).isFile() && forms.some((form) => readFileSync(file).includes(form))
    })
    expect(holding).toEqual(['secret'])
    expect(statSync(join(other.dataDir, 'secret')).mode & 0o777).toBe(0o600)
    expect(running.stdout() + running.stderr()).not.toContain(secret)
    running.signal('SIGTERM')
    expect(await endWithin(running)).toBe(0)
    await other.remove()
  })
})
