import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../../src/store/database.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { newDatabase, testEngine } from './server.ts'

/** An empty, migrated database of this run's engine, without a server, and a directory beside it. `drop` comes after its close. */
export async function emptyDatabase(): Promise<{ db: Database; dataDir: string; url?: string; drop(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'assent-test-'))
  const address = await newDatabase(testEngine, dataDir)
  const db = address ? openPostgres(address.url, () => {}) : await openEmbedded(join(dataDir, 'database'))
  const drop = async () => {
    await address?.drop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { db, dataDir, ...(address && { url: address.url }), drop }
}
