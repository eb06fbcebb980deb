import sql from 'sql-template-tag'
import { newGateway, newOrganization, newOwnKey } from './ingest.ts'
import { offsetsIn, openStream } from './measurement-stream.ts'
import type { TestServer } from './server.ts'

/** An organization of a test server whose measurements come when a test says so. */
export interface WatchedOrganization {
  key: string
  url(operation: string): string
  /** Reports one measurement, and resolves when it is acknowledged. */
  measure(value: number): Promise<void>
  /** Reports so many, and resolves with the offset before them and the one behind them. */
  measureBetween(count: number): Promise<{ from: string; to: string }>
  /** Deletes the key: its streams are ended. */
  endStreams(): Promise<void>
}

export async function newWatchedOrganization(server: TestServer): Promise<WatchedOrganization> {
  const organization = await newOrganization(server)
  const gateway = await newGateway(server, organization)
  await gateway.send({
    batchId: 'devices',
    inventory: { full: true, locations: [], devices: [{ ref: 'ups', type: 'UPS', label: 'UPS' }] },
    sensors: { full: true, sensors: [{ ref: 'load', deviceRef: 'ups', label: 'Load', type: 'LOAD', unit: '%' }] },
  })
  const key = await newOwnKey(server, organization)
  let count = 0
  const measure = async (value: number) => {
    count += 1
    const timestamp = new Date(Date.UTC(2026, 2, 1) + count).toISOString()
    const { status } = await gateway.measure(`m${count}`, [{ sensorRef: 'load', timestamp, numericValue: value }])
    if (status !== 200) throw new Error(`A measurement was answered ${status}.`)
  }
  const url = (operation: string) => `${server.url}/rest/v1/organizations/${organization}/measurements/${operation}`
  return {
    key,
    url,
    measure,
    measureBetween: async (values) => {
      const live = await openStream(url('live'), key)
      for (let value = 0; value <= values; value += 1) await measure(value)
      await live.until('all of them', (lines) => lines.length === values + 1)
      live.close()
      return { from: offsetsIn(live.lines)[0] as string, to: offsetsIn(live.lines).at(-1) as string }
    },
    endStreams: async () => {
      await server.database.system.rows(sql`delete from api_key where company_id = ${organization}`)
    },
  }
}
