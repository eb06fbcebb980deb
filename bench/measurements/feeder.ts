// Appends blocks to organizations' logs as another server process does, by its code, and keeps every server from rolling them up meanwhile:
// so the process that is measured only delivers.
import sql from 'sql-template-tag'
import { openPostgres } from '../../src/store/postgres.ts'
import { answering } from '../answering.ts'
import { newAppender, storedReport } from './appending.ts'
import { Values } from './values.ts'
import type { GatewaySeed } from './world.ts'

/** `start`: each of the gateways reports `lines` of its sensors every `everyMs`, one after the other over that time. Nothing: stop. */
export interface Feed {
  databaseUrl: string
  start?: { gateways: Pick<GatewaySeed, 'id' | 'organization' | 'ids'>[]; lines: number; everyMs: number }
}

let stop: (() => Promise<number>) | undefined

/** The lines that were appended since the start. */
answering<Feed, number>(async ({ databaseUrl, start }) => {
  const lines = (await stop?.()) ?? 0
  stop = start && feeding(databaseUrl, start)
  return lines
})

function feeding(databaseUrl: string, { gateways, lines, everyMs }: NonNullable<Feed['start']>): () => Promise<number> {
  const db = openPostgres(databaseUrl, () => {})
  const appender = newAppender(db)
  const values = gateways.map(({ ids }, nth) => new Values(ids, nth))
  const appending = new Set<Promise<unknown>>()
  const begun = performance.now()
  let reported = 0
  const held = gateways.map(({ organization }) => organization)
  const until = (moment: 'infinity' | '-infinity') =>
    db.system.rows(
      sql`update measurement_rollup_position set claimed_until = ${moment} where organization_id = any(${held}::text[])`,
    )
  const begin = until('infinity')
  const timer = setInterval(
    () => {
      const due = Math.floor(((performance.now() - begun) / everyMs) * gateways.length)
      for (; reported < due; reported += 1) {
        const nth = reported % gateways.length
        const { id, organization } = gateways[nth] as GatewaySeed
        const report = storedReport(id, (values[nth] as Values).lines('sensorId', Date.now(), 0, lines))
        const appended = appender.append(organization, report).finally(() => appending.delete(appended))
        appending.add(appended)
      }
    },
    Math.min(everyMs / gateways.length, everyMs),
  )
  return async () => {
    clearInterval(timer)
    await Promise.all([begin, ...appending])
    await until('-infinity')
    await appender.close()
    await db.close()
    return reported * lines
  }
}
