import sql from 'sql-template-tag'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newGateway, newOrganization, storedOf, type TestGateway } from '../../test/support/ingest.ts'
import { startServer, type TestServer } from '../../test/support/server.ts'
import { purge } from './purge.ts'

let server: TestServer
let organization: string
let gateway: TestGateway

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  organization = await newOrganization(server)
  gateway = await newGateway(server, organization)
})

const batch = (batchId: string, refs: string[]) => ({
  batchId,
  inventory: { full: true, locations: [], devices: refs.map((ref) => ({ ref, type: 'UPS', label: ref })) },
  sensors: { full: true, sensors: refs.map((ref) => ({ ref, deviceRef: ref, label: ref, type: 'T' })) },
})
const rows = <Row extends object>(statement: ReturnType<typeof sql>) => server.database.system.rows<Row>(statement)
const heads = () =>
  rows<{ family: string; head: number; purged: number }>(sql`
    select family, head, purged from feed_head where organization_id = ${organization} order by family`)
const age = (days: number) =>
  rows(sql`
    with o as (update inventory_object set removed_at = removed_at - make_interval(days => ${days}) where organization_id = ${organization})
    update sensor set removed_at = removed_at - make_interval(days => ${days}) where organization_id = ${organization}`)

test('deletions of more than 30 days go, the head rises by one, and purged is the newest of them', async () => {
  await gateway.send(batch('1', ['a', 'b', 'c']))
  await gateway.send(batch('2', ['c']))
  await age(31)
  await gateway.send(batch('3', []))
  await purge(server.context)
  expect(await heads()).toEqual([
    { family: 'alarms', head: 0, purged: 0 },
    { family: 'inventory', head: 8, purged: 6 },
    { family: 'sensors', head: 7, purged: 5 },
  ])
  await purge(server.context)
  expect((await heads()).map(({ head }) => head)).toEqual([0, 8, 7])
  const kept = await rows<{ id: string }>(
    sql`select id from inventory_object where organization_id = ${organization} and removed_at is not null`,
  )
  expect(kept).toHaveLength(1)
})

test('what a purged device was called can be called so again, and is new', async () => {
  await gateway.send(batch('1', ['a']))
  const [before] = (await storedOf(server, organization)).objects.keys()
  await gateway.send(batch('2', []))
  await age(31)
  await purge(server.context)
  expect((await gateway.send(batch('3', ['a']))).body).toMatchObject({ changed: { inventory: 1, sensors: 1 } })
  const [after] = (await storedOf(server, organization)).objects.keys()
  expect(after).not.toBe(before)
})

test('deletions of less than 30 days stay', async () => {
  await gateway.send(batch('1', ['a']))
  await gateway.send(batch('2', []))
  await age(29)
  const before = await heads()
  await purge(server.context)
  expect(await heads()).toEqual(before)
})

test('a batch id is kept for 7 days', async () => {
  const sent = batch('1', ['a'])
  await gateway.send(sent)
  const aged = (days: number) =>
    rows(sql`update ingest_batch set accepted_at = now() - make_interval(days => ${days}) where gateway_id = ${gateway.id}`)
  await aged(6)
  await purge(server.context)
  expect((await gateway.send(sent)).body.duplicate).toBe(true)
  await aged(8)
  await purge(server.context)
  expect((await gateway.send(sent)).body.duplicate).toBe(false)
})
