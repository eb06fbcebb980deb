// Appends blocks to organizations' logs as another server process does, by its code: so the process that is measured only delivers.
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
    await Promise.all(appending)
    await appender.close()
    await db.close()
    return reported * lines
  }
}
