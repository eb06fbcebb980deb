import sql from 'sql-template-tag'
import type { Database, Db } from '../database.ts'
import { blockOfText, blockText } from './block-text.ts'

/** An organization whose log goes on behind what is rolled up of it: from the block `seq` on, up to `head`. Times in seconds since 1970. */
export interface RollUp {
  organizationId: string
  seq: number
  acceptedAt: number
  head: number
}

/** A block to roll up. */
export interface BlockToRollUp {
  seq: number
  acceptedAt: number
  block: Uint8Array
}

/** Hours of sensors as the texts of arrays, pair by pair: `hours` in seconds since 1970. */
export interface HourNames {
  sensorIds: string
  hours: string
}

/** Hours with what they hold: the n-th has `lengths` of the bytes from `froms` (from 1) on. */
export interface HoursToStore extends HourNames {
  froms: string
  lengths: string
  slots: Uint8Array
}

/** How long a process has what it claimed to itself. One that died leaves it to the others after this. */
const claimSeconds = 30

/** Makes the positions of organizations that have none yet. */
export async function beginRollUps(db: Database): Promise<void> {
  await db.system.rows(sql`
    insert into measurement_rollup_position (organization_id)
    select h.organization_id
      from measurement_head h
     where h.seq > 0
       and not exists (select from measurement_rollup_position p where p.organization_id = h.organization_id)
    on conflict do nothing`)
}

/** Until when everything is rolled up, of the organization that waits longest; null: none waits. */
export async function rolledUpUntil(db: Database): Promise<string | null> {
  const [row] = await db.system.rows<{ until: string | null }>(sql`
    select min(p.accepted_at) as until
      from measurement_rollup_position p
      join measurement_head h on h.organization_id = p.organization_id and h.seq > p.seq`)
  return row?.until ?? null
}

/** Claims the organization that waits longest, unless another process has it. Null where none waits. */
export async function claimRollUp(db: Database): Promise<RollUp | null> {
  const [row] = await db.system.rows<RollUp>(sql`
    update measurement_rollup_position p
       set claimed_until = clock_timestamp() + make_interval(secs => ${claimSeconds})
      from (select w.organization_id, h.seq as head
              from measurement_rollup_position w
              join measurement_head h on h.organization_id = w.organization_id and h.seq > w.seq
             where w.claimed_until < clock_timestamp()
             order by w.accepted_at, w.organization_id
             limit 1
               for update of w skip locked) n
     where p.organization_id = n.organization_id
    returning p.organization_id as "organizationId", p.seq, extract(epoch from p.accepted_at)::float8 as "acceptedAt", n.head`)
  return row ?? null
}

/** The blocks behind `seq`, in their order, at most so many. `acceptedAt`: of the block at `seq`; it spares looking through older days. */
export async function blocksToRollUp(
  db: Database,
  { organizationId, seq, acceptedAt }: Omit<RollUp, 'head'>,
  blocksMax: number,
): Promise<BlockToRollUp[]> {
  const rows = await db.system.rows<Omit<BlockToRollUp, 'block'> & { block: string }>(sql`
    select x.seq, extract(epoch from x.accepted_at)::float8 as "acceptedAt", ${blockText} as "block"
      from measurement_log l
      join measurement_block x on x.code = l.code
     where l.organization_id = ${organizationId} and x.seq > ${seq}
       -- A second for what to_timestamp rounds.
       and x.accepted_at >= to_timestamp(${acceptedAt}::float8 - 1)
     order by x.seq
     limit ${blocksMax}`)
  return rows.map((row) => ({ ...row, block: blockOfText(row.block) }))
}

/** What is stored of these hours of these sensors, one behind the other: the length of each (uint32, big endian; 0: nothing), and its bytes. */
export async function storedHours(db: Database, { sensorIds, hours }: HourNames): Promise<Uint8Array> {
  const [row] = await db.system.rows<{ stored: Uint8Array }>(sql`
    select string_agg(int4send(coalesce(octet_length(r.slots), 0)) || coalesce(r.slots, ''::bytea), ''::bytea order by x.n) as stored
      from unnest(${sensorIds}::text::text[], ${hours}::text::float8[]) with ordinality x(sensor_id, hour, n)
      left join measurement_rollup r on r.sensor_id = x.sensor_id and r.hour = to_timestamp(x.hour)`)
  return row?.stored ?? new Uint8Array()
}

/**
 * Stores hours as they are after the blocks up to `to`, and moves the position there: both, or, where it is no longer where the work began,
 * neither. Whether they were stored.
 */
export async function storeRollUp(
  db: Database,
  from: RollUp,
  to: { seq: number; acceptedAt: number },
  pieces: readonly HoursToStore[],
): Promise<boolean> {
  return db.transaction('system', { kind: 'system' }, async (tx) => {
    const moved = await tx.rows(sql`
      update measurement_rollup_position
         set seq = ${to.seq}, accepted_at = to_timestamp(${to.acceptedAt}::float8), claimed_until = '-infinity'
       where organization_id = ${from.organizationId} and seq = ${from.seq}
      returning seq`)
    if (moved.length === 0) return false
    for (const piece of pieces) await storeHours(tx, piece)
    return true
  })
}

async function storeHours(tx: Db, { sensorIds, hours, froms, lengths, slots }: HoursToStore): Promise<void> {
  await tx.rows(sql`
    insert into measurement_rollup (hour, sensor_id, slots)
    select to_timestamp(x.hour), x.sensor_id, substring(${slots}::bytea from x.slots_from for x.length)
      from unnest(${hours}::text::float8[], ${sensorIds}::text::text[], ${froms}::text::integer[], ${lengths}::text::integer[])
             x(hour, sensor_id, slots_from, length)
    on conflict (sensor_id, hour) do update set slots = excluded.slots`)
}
