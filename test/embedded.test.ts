import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../src/store/database.ts'
import { openEmbedded } from '../src/store/embedded.ts'
import { endWithin, startProcess, until } from './support/own-process.ts'
import { newPlace, type Place, startServerProcess } from './support/server-process.ts'

/** PostgreSQL's DBState in global/pg_control, after system_identifier, pg_control_version and catalog_version_no. */
const stateOffset = 16
const shutDown = 1

const killsMax = process.env.ASSENT_SOAK ? 50 : 3

/** A program that writes one row a commit, each number told only once it is committed. */
const writer = `
  import sql from 'sql-template-tag'
  import { openEmbedded } from './src/store/embedded.ts'
  const db = await openEmbedded(process.argv[1])
  await db.system.rows(sql\`create table if not exists told (number bigint primary key, filling text)\`)
  const [last] = await db.system.rows(sql\`select coalesce(max(number), 0) as number from told\`)
  for (let number = last.number + 1; ; number += 1) {
    await db.transaction('system', { kind: 'system' }, (tx) => tx.rows(sql\`insert into told values (\${number}, repeat('x', 3000))\`))
    process.stdout.write(number + '\\n')
  }`

let directory: string
let place: Place
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'assent-embedded-'))
  place = await newPlace('embedded')
})
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true })
  await place.remove()
})

function databaseState(data: string): number {
  return readFileSync(join(data, 'database/global/pg_control')).readInt32LE(stateOffset)
}

describe('the embedded database', () => {
  test('syncs about once a commit, and not at all for reading', async () => {
    const commits = 60
    let syncs = 0
    const db: Database = await openEmbedded(join(directory, 'counted'), () => {
      syncs += 1
    })
    try {
      await db.script('create table counted (number bigint)')
      syncs = 0
      for (let number = 0; number < commits; number += 1) await db.system.rows(sql`insert into counted values (${number})`)
      console.log(`${commits} commits made ${syncs} syncs`)
      expect(syncs).toBeGreaterThanOrEqual(commits)
      expect(syncs).toBeLessThanOrEqual(commits * 1.5)

      syncs = 0
      for (let number = 0; number < commits; number += 1) await db.system.rows(sql`select count(*) from counted`)
      expect(syncs).toBeLessThanOrEqual(2)
    } finally {
      await db.close()
    }
  })

  test('is refused to a second server, which says who has it and what to do, and does no harm to the first', async () => {
    const first = await startServerProcess(place.flags)
    const second = startProcess(['src/main.ts', '--port', '0', ...place.flags])
    expect(await endWithin(second)).toBe(1)
    expect(second.stderr()).toContain(`is in use by process ${first.pid}`)
    expect(second.stderr()).toContain('--data')
    expect(second.stderr()).not.toContain('    at ')
    expect((await fetch(`${first.url}/ready`)).status).toBe(200)
    first.signal('SIGTERM')
    expect(await endWithin(first)).toBe(0)
  })

  test('is shut down on SIGTERM and on Ctrl-C: nothing is left to recover, and its lock is gone', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const server = await startServerProcess(place.flags)
      expect(databaseState(place.dataDir)).not.toBe(shutDown)
      server.signal(signal)
      expect(await endWithin(server)).toBe(0)
      expect(databaseState(place.dataDir)).toBe(shutDown)
      expect(existsSync(join(place.dataDir, 'database/assent.lock'))).toBe(false)
    }
  })

  test(
    'keeps every commit that it told of over kill -9, and its lock does not outlive the killed',
    async () => {
      const data = join(directory, 'killed')
      let told = 0
      for (let kill = 1; kill <= killsMax; kill += 1) {
        const child = startProcess(['--input-type=module', '-e', writer, data])
        await until('commits', async () => child.stdout().split('\n').length > 20 + 10 * (kill % 5))
        child.signal('SIGKILL')
        expect(await endWithin(child)).toBe('SIGKILL')
        const before = told
        told = Number(child.stdout().trimEnd().split('\n').at(-1))
        expect(told).toBeGreaterThan(before)
        expect(existsSync(join(data, 'assent.lock'))).toBe(true)
      }
      const db = await openEmbedded(data)
      try {
        const [kept] = await db.system.rows<{ count: number; last: number }>(sql`select count(*), max(number) as last from told`)
        console.log(`${killsMax} kills, ${told} commits told, ${kept?.count} kept`)
        expect(kept?.last).toBeGreaterThanOrEqual(told)
        expect(kept?.count).toBe(kept?.last)
      } finally {
        await db.close()
      }
    },
    120_000 + killsMax * 10_000,
  )

  test('whose lock names a process of another start, or of no start, is taken over; one on another host is not', async () => {
    const data = join(directory, 'stale')
    const db = await openEmbedded(data)
    const lock = join(data, 'assent.lock')
    const own = JSON.parse(readFileSync(lock, 'utf8')) as { pid: number; started: string; host: string }
    await db.close()

    for (const holder of [
      JSON.stringify({ ...own, started: '1' }),
      JSON.stringify({ ...own, pid: 2 ** 22 + 1 }),
      '{"pid":',
      '',
    ]) {
      writeFileSync(lock, holder)
      await (await openEmbedded(data)).close()
      expect(existsSync(lock)).toBe(false)
    }
    writeFileSync(lock, JSON.stringify({ ...own, host: 'elsewhere' }))
    await expect(openEmbedded(data)).rejects.toThrow(/on elsewhere.*assent\.lock/s)
  })
})
