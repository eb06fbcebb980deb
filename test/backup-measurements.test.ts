import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { rollUpMeasurements } from '../src/jobs/roll-ups.ts'
import { readArchive } from '../src/store/archive.ts'
import { writeBackup } from '../src/store/backup.ts'
import type { Database } from '../src/store/database.ts'
import { restoreBackup } from '../src/store/restore.ts'
import { emptyDatabase } from './support/empty-database.ts'
import { newGateway, newOrganization } from './support/ingest.ts'
import { startServer } from './support/server.ts'

const stored = async (db: Database) => ({
  blocks: await db.system.rows(
    sql`select accepted_at, seq, token, lines, encode(block, 'hex') as block from measurement_block order by seq`,
  ),
  hours: await db.system.rows(sql`select hour, sensor_id, encode(slots, 'hex') as slots from measurement_rollup order by hour`),
  positions: await db.system.rows(sql`select organization_id, seq from measurement_rollup_position`),
})

test('a backup brings the log and its roll-ups back, whatever days they are of', async () => {
  const server = await startServer()
  const empty = await emptyDatabase()
  const files = mkdtempSync(join(tmpdir(), 'assent-backup-'))
  try {
    const gateway = await newGateway(server, await newOrganization(server))
    await gateway.send({
      batchId: 'devices',
      inventory: { full: true, locations: [], devices: [{ ref: 'ups', type: 'UPS', label: 'UPS' }] },
      sensors: { full: true, sensors: [{ ref: 'load', deviceRef: 'ups', label: 'Load', type: 'LOAD' }] },
    })
    const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString()
    const lines = [1, 40, 80].map((days) => ({ sensorRef: 'load', timestamp: daysAgo(days), numericValue: days }))
    expect((await gateway.measure('m', lines)).body).toMatchObject({ accepted: 3 })
    await rollUpMeasurements(server.context)
    // As it looks a week later.
    await server.database.script(`
      select keep_measurement_days(current_date - 7, current_date - 7);
      update measurement_block set accepted_at = accepted_at - interval '7 days'`)
    const before = await stored(server.database)
    expect([before.blocks.length, before.hours.length, before.positions.length]).toEqual([1, 3, 1])

    const pieces: string[] = []
    await writeBackup(server.database, { kind: 'system' }, new Date(), async (text) => void pieces.push(text))
    const path = join(files, 'assent.backup')
    writeFileSync(path, gzipSync(pieces.join('')))
    await restoreBackup(empty.db, readArchive(path), async () => {})
    expect(await stored(empty.db)).toEqual(before)
  } finally {
    await empty.db.close()
    await empty.drop()
    await server.close()
    rmSync(files, { recursive: true, force: true })
  }
})
