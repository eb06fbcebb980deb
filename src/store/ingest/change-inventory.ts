import sql from 'sql-template-tag'
import type { OrganizationId } from '../../domain/ids.ts'
import { InventoryDraft } from '../../domain/ingest/inventory-draft.ts'
import type { ChangeRefusal, InventoryChange } from '../../domain/ingest/people-changes.ts'
import type { Actor, Database } from '../database.ts'
import { lockHeads, moveHeads } from './heads.ts'
import { restate, storedObjects, writeObjects } from './inventory.ts'
import { referencesOf } from './references.ts'

/** What the record of acts says of a change: which object, and what of it people changed, by name alone. */
export interface ChangeToRecord {
  verb: 'location.created' | 'location.changed' | 'location.removed' | 'device.changed'
  id: string
  changed?: readonly string[]
}

/**
 * Changes an organization's inventory as its people ask, as a batch would: the head row first, then what is stored, by the same rules (I5, I6).
 * Works as the system, since no request may write device data: the caller has made sure that the organization is the asker's own company.
 * Answers why it cannot be; null where it is done, and recorded.
 */
export function changeInventory(
  db: Database,
  actor: Actor,
  organization: OrganizationId,
  change: InventoryChange,
  record: ChangeToRecord,
): Promise<ChangeRefusal | null> {
  return db.transaction('system', actor, async (tx) => {
    // What the label beside the act refers to, before the heads: whoever changes the company locks it first, and the record's head last.
    await tx.rows(sql`select 1 as one from company where id = ${organization} for key share`)
    const heads = await lockHeads(tx, organization, ['inventory'])
    const { holders } = await referencesOf(tx, organization, '', ['location', 'device'])
    const draft = new InventoryDraft('', await storedObjects(tx, organization, []), holders)
    const refused = change(draft)
    if (refused !== null) return refused

    const changes = draft.changes()
    const restated = draft.restated(changes)
    if (changes.length + restated.length === 0) return null
    await writeObjects(tx, organization, heads, changes)
    await restate(tx, organization, restated)
    await moveHeads(tx, organization, heads)
    const { verb, id, changed } = record
    await tx.rows(sql`
      select record_site_act(${verb}, ${organization},
                             jsonb_build_object('kind', ${verb.split('.')[0]}::text, 'id', ${id}::text),
                             ${JSON.stringify({ changed })}::text::jsonb, ${draft.labelOf(id)})`)
    return null
  })
}
