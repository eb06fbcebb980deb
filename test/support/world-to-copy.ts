import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildWorld } from '../../demo/world.ts'
import { systemClock } from '../../src/clock.ts'
import { serverSecrets } from '../../src/domain/server-secrets.ts'
import { secretOfDirectory } from '../../src/secret-file.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import './cheap-passwords.ts'
import { copyTemplate } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A data directory that holds the world to try, of a server that never ran. */
    world?: string
  }
}

/** The world to try, built once for the tests in browsers: building it takes three times as long as all else of a start. */
export async function setup({ provide }: TestProject): Promise<() => void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'assent-world-'))
  const database = join(dataDir, 'database')
  await copyTemplate(database)
  const db = await openEmbedded(database)
  const secrets = serverSecrets(secretOfDirectory(dataDir, systemClock))
  await buildWorld({ db, clock: systemClock, secrets, config: { url: 'http://localhost', dataDir } })
  await db.close()
  provide('world', dataDir)
  return () => rmSync(dataDir, { recursive: true, force: true })
}
