import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newGateway } from '../../support/ingest.ts'
import { largeSite } from '../large-site.ts'
import { loading } from '../loading.ts'
import { openPortal, type Portal } from '../portal.ts'

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})
afterAll(async () => {
  await portal?.close()
})

test('ten thousand devices are there within a second of an empty page, without a task that blocks it for a tenth of one more', async () => {
  const gateway = await newGateway(portal.server, portal.organization('no consent').id)
  expect((await gateway.send({ batchId: 'large', inventory: largeSite() })).status).toBe(200)
  const empty = await portal.signedIn('not connected')
  const large = await portal.signedIn('no consent')
  const none = await loading(empty, '/inventory', (page) => page.getByText('No devices yet').or(page.getByRole('tree')).waitFor())
  const full = await loading(large, '/inventory', (page) => page.getByText(/^10,\d{3} devices$/).waitFor())
  expect(full.shownMs - none.shownMs).toBeLessThan(1000)
  expect(full.taskMs - none.taskMs).toBeLessThan(100)
})

test('forty thousand sensors are there within a second of few, without a task that blocks the page for a tenth of one more', async () => {
  const { id } = portal.organization('no consent')
  const [empty, large] = [await portal.signedIn('not connected'), await portal.signedIn('no consent')]
  const few = await loading(empty, '/sensors', () =>
    empty
      .getByText('No sensors yet')
      .or(empty.getByRole('status').filter({ hasText: /sensors/ }))
      .waitFor(),
  )
  await portal.server.database.system.rows(sql`
    insert into sensor (organization_id, id, device_id, changed_offset, json)
    select o.organization_id, 's' || o.n * 4 + k, o.id, 1000000 + o.n * 4 + k,
           json_build_object('id', 's' || o.n * 4 + k, 'deviceId', o.id, 'label', 'Outlet ' || k, 'type', 'ACTIVE_POWER', 'unit', 'W')::text
      from (select organization_id, id, row_number() over (order by id) as n
              from inventory_object where organization_id = ${id} and kind = 'Device') o,
           generate_series(0, 3) k`)
  // As PostgreSQL does by itself soon after: without it, a plan is for the few that there were.
  await portal.server.database.system.rows(sql`analyze`)
  const full = await loading(large, '/sensors', () => large.getByText(/^The first 1,000 of 40,\d{3}/).waitFor())
  expect(full.shownMs - few.shownMs).toBeLessThan(1000)
  expect(full.taskMs - few.taskMs).toBeLessThan(100)
})

test('thousands of active alarms are there within a second of few, without a task that blocks the page for a tenth of one more', async () => {
  const { id } = portal.organization('no consent')
  const page = await portal.signedIn('no consent')
  const counted = (pattern: RegExp) => () => page.getByRole('status').filter({ hasText: pattern }).waitFor()
  const few = await loading(page, '/alarms', counted(/^\d alarms?$/))
  await portal.server.database.system.rows(sql`
    insert into alarm (organization_id, id, device_id, severity, activated_at, changed_offset, json)
    select o.organization_id, 'many-' || n, o.id, 'WARNING', statement_timestamp() - make_interval(mins => n), 1000000 + n,
           json_build_object('id', 'many-' || n, 'deviceId', o.id, 'label', 'Near overload', 'message', 'Near its limit', 'severity', 'WARNING',
                             'activatedTime', '2026-01-01T00:00:00.000Z', 'alarmReactivationCount', 0)::text
      from (select organization_id, id from inventory_object where organization_id = ${id} and kind = 'Device' order by id limit 1) o,
           generate_series(1, 5000) n`)
  // As PostgreSQL does by itself soon after: without it, a plan is for the few that there were.
  await portal.server.database.system.rows(sql`analyze`)
  const many = await loading(page, '/alarms', counted(/^The first 200 of 5,0\d\d/))
  expect(many.shownMs - few.shownMs).toBeLessThan(1_000)
  expect(many.taskMs - few.taskMs).toBeLessThan(100)
})

test('with 100,000 accesses the page is there within a second of an empty one, without a task that blocks it for a tenth of one more', async () => {
  const { id } = portal.organization('valid')
  const { system } = portal.server.database
  const path = '/administration/access-history?days=90'
  const nobodys = await portal.signedIn('not connected')
  const empty = await loading(nobodys, path, () => nobodys.getByText('Nobody read your data in this time').waitFor())
  const page = await portal.signedIn('valid')
  await system.rows(sql`
    insert into access (organization_id, minute, reader_id, operation, status, address, company_id, company_name, reader_kind, key_name,
                        first_at, last_at, requests, objects, bytes, lines)
    select ${id}, date_trunc('minute', statement_timestamp()) - make_interval(mins => n / 5), 'reader ' || n % 3, 'operation ' || n % 5, 200,
           '10.0.0.1', 'gone', 'Former Partner', 'key', 'Old key ' || n % 3, statement_timestamp(), statement_timestamp(), 6, 1, 100, 0
      from generate_series(5, 100004) n
        on conflict do nothing`)
  await system.rows(sql`analyze access`)
  const sums = page.getByRole('table', { name: 'Sums' })
  const detail = page.getByRole('table', { name: 'In detail' })
  const full = await loading(
    page,
    path,
    () => detail.getByRole('row').nth(50).waitFor(),
    () => sums.getByRole('row').nth(10).waitFor(),
  )
  expect(full.shownMs - empty.shownMs).toBeLessThan(1_000)
  expect(full.taskMs - empty.taskMs).toBeLessThan(100)
  await page.getByRole('button', { name: 'Show older ones' }).click()
  await expect.poll(() => page.getByRole('table', { name: 'In detail' }).getByRole('row').count()).toBe(201)
})
