import sql from 'sql-template-tag'
import { expect, test, vi } from 'vitest'
import { systemClock } from '../src/clock.ts'
import { serverSecrets } from '../src/domain/server-secrets.ts'
import { emptyDatabase } from '../test/support/empty-database.ts'
import { startDemoLife } from './demo-life.ts'
import { buildWorld } from './world.ts'

const stepMs = 50
const patience = { timeout: 60_000, interval: 20 }

test('the demo company lives step by step, survives a step that fails, and stops when it is told', async () => {
  const { db, dataDir, drop } = await emptyDatabase()
  const missed: string[] = []
  const context = { db, clock: systemClock, log: { error: (_: object, message: string) => void missed.push(message) } }
  const stepsTaken = async () =>
    (await db.system.rows(sql`select batch_id from ingest_batch where batch_id like ${`life-${stepMs}-%`}`)).length
  try {
    const secrets = serverSecrets('a secret for this test alone, long enough')
    await buildWorld({ db, clock: systemClock, secrets, config: { url: 'http://localhost:4700', dataDir } })
    const life = startDemoLife(context, stepMs)
    await vi.waitFor(async () => expect(await stepsTaken()).toBeGreaterThan(2), patience)

    await db.script('alter table alarm rename to alarm_gone')
    await vi.waitFor(() => expect(missed).toContain('the demo company missed a step'), patience)
    await db.script('alter table alarm_gone rename to alarm')
    const survived = await stepsTaken()
    await vi.waitFor(async () => expect(await stepsTaken()).toBeGreaterThan(survived), patience)

    await life.stop()
    const atStop = await stepsTaken()
    // A second life shows that time has passed in which the first would have gone on.
    const second = startDemoLife(context, stepMs * 2)
    const secondSteps = () => db.system.rows(sql`select batch_id from ingest_batch where batch_id like ${`life-${stepMs * 2}-%`}`)
    await vi.waitFor(async () => expect((await secondSteps()).length).toBeGreaterThan(2), patience)
    await second.stop()
    expect(await stepsTaken()).toBe(atStop)
  } finally {
    await db.close()
    await drop()
  }
})

test('without a demo company there is no life, and nothing to stop', async () => {
  const { db, drop } = await emptyDatabase()
  const missed: string[] = []
  try {
    const life = startDemoLife({ db, clock: systemClock, log: { error: (_, message) => void missed.push(message) } }, stepMs)
    await life.stop()
    expect(missed).toEqual([])
    expect(await db.system.rows(sql`select batch_id from ingest_batch`)).toEqual([])
  } finally {
    await db.close()
    await drop()
  }
})
