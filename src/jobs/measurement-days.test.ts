import sql from 'sql-template-tag'
import { afterEach, expect, test } from 'vitest'
import { startServer, type TestServer } from '../../test/support/server.ts'
import { measurementDays } from './measurement-days.ts'

let server: TestServer
afterEach(() => server.close())

const dayMs = 24 * 60 * 60 * 1000
/** Not on the edge of a day, which would be another one before the test is over. */
const minutesOfDay = () => (Date.now() % dayMs) / 60_000
const nameOf = (daysAgo: number) => {
  const day = new Date(Date.now() - daysAgo * dayMs).toISOString().slice(0, 10)
  return `measurement_block_${day.replaceAll('-', '')}`
}

async function kept(): Promise<string[]> {
  const rows = await server.database.system.rows<{ name: string }>(sql`
    select inhrelid::regclass::text as name from pg_inherits where inhparent = 'measurement_block'::regclass order by 1`)
  return rows.map(({ name }) => name)
}

test.each([72, 96])('a day of the log is dropped once all of it is older than %i hours, and not before', async (hours) => {
  await expect.poll(minutesOfDay, { timeout: 100_000, interval: 1_000 }).toBeLessThan(24 * 60 - 1)
  server = await startServer({ flags: ['--measurement-hours', String(hours)] })
  await server.database.script('select keep_measurement_days(current_date - 10, current_date)')
  const oldest = hours / 24
  expect(await kept()).toEqual(expect.arrayContaining([nameOf(10), nameOf(oldest + 1), nameOf(oldest)]))
  await measurementDays(server.context)
  // Of the day in which the retention ends, a part is still to be had; those to come stand ready.
  const days = await kept()
  expect(days[0]).toBe(nameOf(oldest))
  expect(days).toContain(nameOf(0))
  expect(days).toContain(nameOf(-1))
  expect(days).not.toContain(nameOf(oldest + 1))
})
