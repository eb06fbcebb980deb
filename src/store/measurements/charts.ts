import sql, { type Sql } from 'sql-template-tag'
import type { DeviceId, OrganizationId } from '../../domain/ids.ts'
import type { Db } from '../database.ts'

/** Blocks that are not rolled up yet, of which a chart decodes the newest: what 30 s bring at 10,000 measurements a second. */
export const newestBlocksMax = 128

/** A sensor as the API sends it, as JSON text. */
export interface ChartSensor {
  id: string
  json: string
}

/** An hour of a sensor that is rolled up. `hour` in seconds since 1970. */
export interface ChartHour {
  sensorId: string
  hour: number
  slots: Uint8Array
}

/** What a chart is made of, of one snapshot: so nothing counts twice, and nothing is missing between roll-ups and blocks. */
export interface ChartParts {
  sensors: ChartSensor[]
  hours: ChartHour[]
  /** Behind what is rolled up, in their order. `acceptedAt` in seconds since 1970. */
  blocks: { acceptedAt: number; block: Uint8Array }[]
}

interface Row {
  sensorId: string | null
  json: string | null
  hour: number | null
  slots: Uint8Array | null
  acceptedAt: number | null
  block: Uint8Array | null
}

/**
 * Of `sensors` (a select of id and json) the rolled-up hours that `hours` selects for each sensor `s`, and (unless not
 * wanted) the blocks behind them. Null where the caller is not covered (I1).
 */
async function chartParts(
  db: Db,
  caller: string,
  organization: OrganizationId,
  sensors: Sql,
  hours: Sql,
  blocks = true,
): Promise<ChartParts | null> {
  const rows = await db.rows<Row>(sql`
    with c as materialized (
      select c.caller, c.organization_id
        from coverage c
       where c.caller = ${caller} and c.organization_id = ${organization} and c.sensors),
    s as materialized (${sensors})
    select null::text as "sensorId", null::text as json, null::float8 as hour, null::bytea as slots, null::float8 as "acceptedAt",
           null::bytea as block
      from c
    union all
    select s.id, s.json, null, null, null, null from s
    union all
    select s.id, null, extract(epoch from h.hour)::float8, h.slots, null, null
      from c cross join s cross join lateral (${hours}) h
    union all
    select null, null, null, null, b.accepted_at, b.block
      from (select b.seq, extract(epoch from b.accepted_at)::float8 as accepted_at, b.block
              from c
              join covered_rollup_position p on p.caller = ${caller} and p.organization_id = ${organization}
             cross join lateral (
                   select x.seq, x.accepted_at, x.block
                     from covered_measurement_block x
                    where x.caller = ${caller} and x.organization_id = ${organization} and x.seq > p.seq
                      and x.accepted_at >= p.accepted_at and ${blocks}::boolean and exists (select from s)
                    order by x.seq desc
                    limit ${newestBlocksMax}) b
             order by b.seq) b`)
  if (rows.length === 0) return null
  const parts: ChartParts = { sensors: [], hours: [], blocks: [] }
  for (const { sensorId, json, hour, slots, acceptedAt, block } of rows) {
    if (sensorId !== null && json !== null) parts.sensors.push({ id: sensorId, json })
    else if (sensorId !== null && hour !== null && slots !== null) parts.hours.push({ sensorId, hour, slots })
    else if (acceptedAt !== null && block !== null) parts.blocks.push({ acceptedAt, block })
  }
  return parts
}

/** The caller's live sensors, and their hours. Each names the caller itself: through a join, all callers' coverage was looked up first. */
const ownSensors = (caller: string, organization: OrganizationId) => sql`
  select x.id, x.json
    from covered_sensor x
   where x.caller = ${caller} and x.organization_id = ${organization} and x.removed_at is null`
const ownHours = (caller: string, organization: OrganizationId) => sql`
  select r.hour, r.slots
    from covered_measurement_rollup r
   where r.caller = ${caller} and r.organization_id = ${organization} and r.sensor_id = s.id`

/** A device's sensors, and of each its newest hour. */
export function latestParts(db: Db, caller: string, organization: OrganizationId, device: DeviceId): Promise<ChartParts | null> {
  return chartParts(
    db,
    caller,
    organization,
    sql`${ownSensors(caller, organization)} and x.device_id = ${device} order by x.id collate "C"`,
    sql`${ownHours(caller, organization)} order by r.hour desc limit 1`,
  )
}

/** These of the organization's sensors and, where they are wanted, of each its newest hour. */
export function latestPartsOf(
  db: Db,
  caller: string,
  organization: OrganizationId,
  sensors: readonly string[],
  hours: boolean,
): Promise<ChartParts | null> {
  return chartParts(
    db,
    caller,
    organization,
    sql`${ownSensors(caller, organization)} and x.id = any (${sensors}::text[])`,
    sql`${ownHours(caller, organization)} and ${hours}::boolean order by r.hour desc limit 1`,
    hours,
  )
}

/** A sensor, and its hours from one time up to another. No sensor: the organization has none with this id now. */
export function historyParts(
  db: Db,
  caller: string,
  organization: OrganizationId,
  sensor: string,
  from: Date,
  to: Date,
): Promise<ChartParts | null> {
  return chartParts(
    db,
    caller,
    organization,
    sql`${ownSensors(caller, organization)} and x.id = ${sensor}`,
    sql`
      ${ownHours(caller, organization)} and r.hour > ${from.toISOString()}::timestamptz - interval '1 hour' and r.hour < ${to.toISOString()}::timestamptz`,
  )
}
