import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../../src/store/database.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { copyTemplate, newPostgresDatabase, testEngine } from './server.ts'

/** An empty, migrated database of this run's engine, without a server, and a directory beside it. `drop` comes after its close. */
export async function emptyDatabase(): Promise<{ db: Database; dataDir: string; url?: string; drop(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'assent-test-'))
  const removed = () => rmSync(dataDir, { recursive: true, force: true })
  if (testEngine === 'postgres') {
    const { url, drop } = await newPostgresDatabase()
    return { db: openPostgres(url, () => {}), dataDir, url, drop: () => drop().then(removed) }
  }
  await copyTemplate(join(dataDir, 'database'))
  return { db: await openEmbedded(join(dataDir, 'database')), dataDir, drop: async () => removed() }
}
