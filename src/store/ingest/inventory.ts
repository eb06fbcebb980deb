import sql from 'sql-template-tag'
import type { InventoryReport } from '../../domain/batch.ts'
import { BatchRefused } from '../../domain/batch-errors.ts'
import { type InventoryDifference, inventoryDifference } from '../../domain/ingest/inventory-difference.ts'
import type { ChangedObject, Restated } from '../../domain/ingest/inventory-draft.ts'
import type { StoredObject } from '../../domain/ingest/stored.ts'
import type { Db } from '../database.ts'
import type { Heads } from './heads.ts'
import { referencesOf, writeReferences } from './references.ts'
import type { Sender } from './sender.ts'

/** Stores a gateway's inventory. Throws a BatchRefused where it holds a bad record. */
export async function storeInventory(
  tx: Db,
  sender: Sender,
  heads: Heads,
  report: InventoryReport,
  newId: () => string,
): Promise<InventoryDifference> {
  const { organizationId, id: gatewayId } = sender
  const references = await referencesOf(tx, organizationId, gatewayId, ['location', 'device'])
  const { location: locations, device: devices } = references.own
  const objects = await storedObjects(
    tx,
    organizationId,
    [...locations, ...devices].map((own) => own.objectId),
  )
  const difference = inventoryDifference({ objects, holders: references.holders, locations, devices }, gatewayId, report, newId)
  if (difference.errors.length > 0) throw new BatchRefused(difference.errors)
  await writeObjects(tx, organizationId, heads, difference.changed)
  await restate(tx, organizationId, difference.restated)
  await writeReferences(tx, organizationId, gatewayId, 'location', difference.locations)
  await writeReferences(tx, organizationId, gatewayId, 'device', difference.devices)
  return difference
}

/** All live locations and devices, and those with an id among `ids` even where they are removed. */
export async function storedObjects(tx: Db, organizationId: string, ids: readonly string[]): Promise<StoredObject[]> {
  return tx.rows<StoredObject>(sql`
    select id, kind, parent_id as "parentId", location_id as "locationId", made_by as "madeBy", removed_at is not null as removed, json,
           person_set as "personSet", reported
      from inventory_object
     where organization_id = ${organizationId} and kind <> 'Organization' and (removed_at is null or id = any (${[...ids]}::text[]))`)
}

export async function writeObjects(
  tx: Db,
  organizationId: string,
  heads: Heads,
  changed: readonly ChangedObject[],
): Promise<void> {
  if (changed.length === 0) return
  const rows = changed.map((object) => ({ ...object, offset: heads.next('inventory') }))
  await tx.rows(sql`
    insert into inventory_object (organization_id, id, kind, type, label, serial_number, parent_id, location_id, made_by, changed_offset,
                                  changed_at, removed_at, json, person_set, reported)
    select ${organizationId}, x.id, x.kind, x.type, x.label, x."serialNumber", x."parentId", x."locationId", x."madeBy", x."offset",
           ${heads.now}::timestamptz, case when x.removed then ${heads.now}::timestamptz end, x.json, x."personSet", x.reported
      from json_to_recordset(${JSON.stringify(rows)}::text::json)
        as x(id text, kind text, type text, label text, "serialNumber" text, "parentId" text, "locationId" text, "madeBy" text,
             "offset" bigint, removed boolean, json text, "personSet" text, reported text)
    on conflict (organization_id, id) do update
       set type = excluded.type, label = excluded.label, serial_number = excluded.serial_number, parent_id = excluded.parent_id,
           location_id = excluded.location_id, changed_offset = excluded.changed_offset, changed_at = excluded.changed_at,
           removed_at = excluded.removed_at, json = excluded.json, person_set = excluded.person_set, reported = excluded.reported`)
}

/** Notes what is no change of the feed: rows keep their offsets (I6). Counted beside the head, for whoever shows what people set. */
export async function restate(tx: Db, organizationId: string, restated: readonly Restated[]): Promise<void> {
  if (restated.length === 0) return
  await tx.rows(sql`
    update inventory_object o
       set person_set = x."personSet", reported = x.reported
      from json_to_recordset(${JSON.stringify(restated)}::text::json) as x(id text, "personSet" text, reported text)
     where o.organization_id = ${organizationId} and o.id = x.id`)
  await tx.rows(sql`
    update feed_head set restated = restated + 1 where organization_id = ${organizationId} and family = 'inventory'`)
}
