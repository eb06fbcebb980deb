import type { Clock } from '../../clock.ts'
import type { Batch, InventoryReport } from '../../domain/batch.ts'
import { uuidFrom } from '../../domain/uuid.ts'
import type { Actor, Database, Db } from '../database.ts'
import type { Family } from '../feeds.ts'
import { storeAlarms } from './alarms.ts'
import { keepAnswer, takeBatchId } from './batch-ids.ts'
import { storeDepartures } from './departures.ts'
import { type Heads, lockHeads, moveHeads } from './heads.ts'
import { storeInventory } from './inventory.ts'
import type { Sender } from './sender.ts'
import { storeSensors } from './sensors.ts'
import { startTrial } from './trial.ts'

/** The answer to a batch that is stored: how many objects of each family it changed. */
export interface BatchAnswer {
  batchId: string
  /** It was stored before; `changed` is what it changed then. */
  duplicate: boolean
  changed: Record<Family, number>
}

/** The id of a batch was used for another content before. */
export class BatchIdReused extends Error {}

/** How often an inventory is gone through while devices in it turn out to be others. */
const roundsMax = 10

/**
 * Stores a checked batch whole, or not at all, in one transaction. One that was stored before changes nothing (I7). Throws a
 * BatchRefused that names its bad records, or a BatchIdReused. `digest` is batchDigest's.
 */
export function acceptBatch(db: Database, sender: Sender, batch: Batch, digest: Uint8Array, clock: Clock): Promise<BatchAnswer> {
  const actor: Actor = {
    kind: 'gateway',
    id: sender.id,
    company: sender.organizationId,
    ...(sender.address === undefined ? {} : { address: sender.address }),
  }
  return db.transaction('system', actor, async (tx) => {
    const former = await takeBatchId(tx, sender.id, batch.batchId, digest)
    if (former) {
      if (!Buffer.from(digest).equals(former.digest)) throw new BatchIdReused(batch.batchId)
      return { ...(JSON.parse(former.answer) as BatchAnswer), duplicate: true }
    }
    const heads = await lockHeads(tx, sender.organizationId, familiesOf(batch))
    await store(tx, sender, heads, batch, clock)
    await moveHeads(tx, sender.organizationId, heads)
    if (sender.trialDue !== false) await startTrial(tx, sender.organizationId)
    const answer: BatchAnswer = { batchId: batch.batchId, duplicate: false, changed: heads.taken() }
    await keepAnswer(tx, sender.id, batch.batchId, JSON.stringify(answer))
    return answer
  })
}

async function store(tx: Db, sender: Sender, heads: Heads, batch: Batch, clock: Clock): Promise<void> {
  const newId = () => uuidFrom(clock.randomBytes(16))
  // A device that turned out to be another frees its former one, which an earlier record of the same batch may now be the same as: once
  // more, then, so that the same inventory sent anew finds nothing to change (I7).
  for (let round = 0, moved = batch.inventory !== undefined; moved && round < roundsMax; round += 1) {
    const difference = await storeInventory(tx, sender, heads, batch.inventory as InventoryReport, newId)
    await storeDepartures(tx, sender, heads, difference)
    moved = difference.moved.size > 0
  }
  if (batch.sensors) await storeSensors(tx, sender, heads, batch.sensors)
  if (batch.alarms) await storeAlarms(tx, sender, heads, batch.alarms, newId)
}

/** The feeds that a batch can change. With devices their sensors and alarms may go, so an inventory touches all. */
function familiesOf(batch: Batch): Family[] {
  if (batch.inventory) return ['inventory', 'sensors', 'alarms']
  return [...(batch.sensors ? ['sensors' as const] : []), ...(batch.alarms ? ['alarms' as const] : [])]
}
