import sql, { type Sql } from 'sql-template-tag'
import type { OrganizationId } from '../../domain/ids.ts'
import type { BlockToken } from '../../domain/replay-offset.ts'
import type { Db } from '../database.ts'
import { BlockText, blockText } from './block-text.ts'

/** What a caller's right to an organization's measurements rests on. Times are seconds since 1970; either may be infinite. */
export interface StreamRight {
  /** Another one is another right (I3). */
  basis: string
  since: number
  until: number
}

/** A right as it is looked at again: on the same basis, since when it holds is what it was. */
export type PresentRight = Omit<StreamRight, 'since'>

/** A block as it is read. `acceptedAt` in seconds since 1970. */
export interface StoredBlock {
  seq: number
  acceptedAt: number
  lines: number
  rawLength: number
  crc32: number
  block: BlockText
}

/** Who waits for an organization's measurements. */
export interface Asker {
  caller: string
  organizationId: string
}

/** Up to where an organization's blocks were read. */
export interface Position {
  organizationId: string
  seq: number
  /** Of the block at `seq`, or something earlier: it spares looking through older days. */
  acceptedAt: number
}

/** Blocks of one organization that one look reads. */
export const blocksAtOnceMax = 64

const right = sql`h.basis, extract(epoch from h.since)::float8 as "since", extract(epoch from h.until)::float8 as "until"`

/** A live stream's beginning, for the key `k`: its right, and the head at this moment. */
export function streamBeginning(organization: OrganizationId): Sql {
  return sql`
    select ${right}, h.seq, extract(epoch from h.accepted_at)::float8 as "acceptedAt"
      from covered_measurement_head h
     where h.caller = k.id and h.organization_id = ${organization}`
}

/** The same for a caller who is known already. Null where he is not covered. */
export async function streamBeginningOf(
  db: Db,
  caller: string,
  organization: OrganizationId,
): Promise<(StreamRight & Position) | null> {
  const [row] = await db.rows<StreamRight & Position>(sql`
    select k.organization_id as "organizationId", q.*
      from (select ${caller}::text as id, ${organization}::text as organization_id) k
     cross join lateral (${streamBeginning(organization)}) q`)
  return row ?? null
}

/** A block as the database gives it. */
type BlockRow = Omit<StoredBlock, 'block'> & { block: string }

/** A right, or a block. */
interface Look<Kept> extends BlockRow {
  n: number | null
  basis: string
  until: number
  organizationId: string
  kept: Kept
}

/**
 * The rights of all `askers` now, and the blocks behind all `positions`, as far as an asker may read them: one statement, one snapshot (I3). A
 * block is read once for all askers of its organization; whether it was accepted within an asker's bounds is the caller's of this to see to. What
 * `keep` makes of a block is kept of it, by organization in their order: it is asked as the block comes, so that no text of one is held beside it.
 */
export async function lookAtStreams<Kept extends { seq: number }>(
  db: Db,
  askers: readonly Asker[],
  positions: readonly Position[],
  keep: (block: StoredBlock) => Kept,
): Promise<{ rights: (PresentRight | null)[]; blocks: Map<string, Kept[]> }> {
  const look = sql`
    with allowed as materialized (
      select a.n, a.caller, a.organization_id, h.basis, h.until
        from unnest(${askers.map((asker) => asker.caller)}::text[], ${askers.map((asker) => asker.organizationId)}::text[])
             with ordinality a (caller, organization_id, n)
       -- One look-up an asker: without the limit, the planner goes through all keys and all of their customers.
       cross join lateral (
             select c.basis, c.until
               from coverage c
              where c.caller = a.caller and c.organization_id = a.organization_id and c.sensors
              limit 1) h
       where h.until > clock_timestamp())
    select h.n, h.basis, extract(epoch from h.until)::float8 as "until", null as "organizationId", null::bigint as "seq", null::float8 as "acceptedAt", null::integer as "lines",
           null::integer as "rawLength", null::integer as "crc32", null as "block"
      from allowed h
    union all
    select null, null, null, p.organization_id, b.seq, extract(epoch from b.accepted_at)::float8, b.lines, b.raw_length, b.crc32, b.block
      from unnest(${positions.map((position) => position.organizationId)}::text[], ${positions.map((position) => position.seq)}::bigint[],
                  ${positions.map((position) => position.acceptedAt)}::float8[]) p (organization_id, seq, accepted_at)
      join (select distinct on (organization_id) organization_id, caller from allowed order by organization_id) w
        on w.organization_id = p.organization_id
     cross join lateral (
           select x.seq, x.accepted_at, x.lines, x.raw_length, x.crc32, ${blockText} as block
             from covered_stream_block x
            where x.caller = w.caller and x.organization_id = p.organization_id and x.seq > p.seq and x.seq <= p.seq + ${blocksAtOnceMax}
              -- A second for what to_timestamp rounds.
              and x.accepted_at >= to_timestamp(p.accepted_at - 1)
            order by x.seq) b`
  const rows = await db.rows<Look<Kept>>(look, (row) => {
    if (row.n !== null) return
    row.kept = keep(storedBlock(row))
    row.block = ''
  })
  const rights: (PresentRight | null)[] = askers.map(() => null)
  const blocks = new Map<string, Kept[]>()
  for (const row of rows) {
    if (row.n !== null) {
      rights[row.n - 1] = { basis: row.basis, until: row.until }
      continue
    }
    const list = blocks.get(row.organizationId) ?? []
    blocks.set(row.organizationId, list)
    list.push(row.kept)
  }
  for (const list of blocks.values()) list.sort((one, other) => one.seq - other.seq)
  return { rights, blocks }
}

function storedBlock({ seq, acceptedAt, lines, rawLength, crc32, block }: BlockRow): StoredBlock {
  return { seq, acceptedAt, lines, rawLength, crc32, block: new BlockText(block) }
}

/** A replay's bounds, for the key `k`: the places of both offsets among what it may read; null where there is no such block. */
export interface ReplayBounds extends StreamRight, Omit<Position, 'organizationId'> {
  from: number | null
  to: number | null
}

export function replayBounds(organization: OrganizationId, from: BlockToken | null, to: BlockToken | null): Sql {
  const place = (token: BlockToken | null) => sql`
    (select x.seq from covered_measurement_block x where x.caller = k.id and x.organization_id = h.organization_id and x.token = ${token}::uuid)`
  return sql`
    select ${right}, h.seq, extract(epoch from h.accepted_at)::float8 as "acceptedAt", ${place(from)} as "from", ${place(to)} as "to"
      from covered_measurement_head h
     where h.caller = k.id and h.organization_id = ${organization}`
}

/** The next blocks of a replay, in their order: none where the right to them is not what it was when it began. */
export async function blocksBetween(
  db: Db,
  asker: Asker & { basis: string },
  after: number,
  to: number,
  blocksMax: number,
): Promise<StoredBlock[]> {
  const rows = await db.rows<BlockRow>(sql`
    select x.seq, extract(epoch from x.accepted_at)::float8 as "acceptedAt", x.lines, x.raw_length as "rawLength", x.crc32, ${blockText} as "block"
      from covered_measurement_block x
     where x.caller = ${asker.caller} and x.organization_id = ${asker.organizationId} and x.basis = ${asker.basis}
       -- Blocks have no gaps: without the bound all that follow would be held against the coverage, each time.
       and x.seq > ${after} and x.seq <= ${Math.min(to, after + blocksMax)}
     order by x.seq`)
  return rows.map(storedBlock)
}
