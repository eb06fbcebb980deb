import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../../test/support/free-port.ts'
import { newGateway, newOrganization, newOwnKey } from '../../../test/support/ingest.ts'
import { offsetsIn, openStream } from '../../../test/support/measurement-stream.ts'
import { startServer, type TestServer } from '../../../test/support/server.ts'

let server: TestServer
let metrics: string
beforeAll(async () => {
  const port = await freePort()
  metrics = `http://127.0.0.1:${port}/metrics`
  server = await startServer({ flags: ['--metrics-port', String(port)] })
})
afterAll(() => server.close())

/** The figures of measurements by their names behind `assent_measurement_`; those that were never counted are absent. */
async function figures(): Promise<Record<string, number>> {
  const lines = (await (await fetch(metrics)).text()).matchAll(/^assent_measurement_(\S+) (\S+)$/gm)
  return Object.fromEntries([...lines].map(([, name, value]) => [name as string, Number(value)]))
}

test('the metrics count what is stored, delivered and replayed, who reads, how long it took, and why streams ended', async () => {
  const organization = await newOrganization(server)
  const gateway = await newGateway(server, organization)
  await gateway.send({
    batchId: 'devices',
    inventory: { full: true, locations: [], devices: [{ ref: 'ups', type: 'UPS', label: 'UPS 1' }] },
    sensors: { full: true, sensors: [{ ref: 'load', deviceRef: 'ups', label: 'Load', type: 'LOAD', unit: '%' }] },
  })
  const key = await newOwnKey(server, organization)
  const path = `${server.url}/rest/v1/organizations/${organization}/measurements`
  const readers = [await openStream(`${path}/live`, key), await openStream(`${path}/live`, key)]
  const line = (nth: number) => ({ sensorRef: 'load', timestamp: `2026-03-01T10:00:0${nth}.000Z`, numericValue: nth })
  for (const report of [[0], [1, 2, 3]]) {
    expect((await gateway.measure(`report-${report[0]}`, report.map(line))).status).toBe(200)
    for (const reader of readers) await reader.until('the report', (lines) => lines.length === (report.at(-1) as number) + 1)
  }
  const [from, to] = offsetsIn((readers[0] as (typeof readers)[0]).lines)
  const replay = await openStream(`${path}/replay?fromOffset=${from}&toOffset=${to}`, key)
  expect(replay.status).toBe(200)
  expect(await replay.ended).toBe('properly')
  await expect.poll(figures).toMatchObject({
    blocks_appended_total: 2,
    lines_appended_total: 4,
    blocks_delivered_total: 4,
    lines_delivered_total: 8,
    blocks_replayed_total: 1,
    lines_replayed_total: 3,
    readers: 2,
    backlog_bytes: 0,
    unsent_bytes: 0,
    delay_seconds_count: 2,
    'delay_seconds_bucket{le="+Inf"}': 2,
    'streams_ended_total{reason="completed"}': 1,
  })

  readers[0]?.close()
  await expect.poll(figures).toMatchObject({ readers: 1, 'streams_ended_total{reason="closed"}': 1 })
  await server.database.system.rows(sql`delete from api_key where company_id = ${organization}`)
  expect(await readers[1]?.ended).toBe('properly')
  await expect.poll(figures).toMatchObject({ readers: 0, 'streams_ended_total{reason="withdrawn"}': 1 })
})
