import type { Batch } from '../src/domain/batch.ts'
import { type PossibleAlarm, possibleAlarms } from './alarm-kinds.ts'
import { type Inventory, inventoryOf } from './inventory.ts'
import type { OrganizationPlan } from './organizations.ts'
import { byEpisode, pastAlarms } from './past-alarms.ts'
import { seededRandom } from './random.ts'
import { sensorsOf } from './sensors.ts'

/** Which share of the alarms that are possible have happened before the world began. The rest is left to the demo company's life. */
const pastShare = 0.15

/** A plan's devices, and its possible alarms: those of the past, and the rest in the order in which they may happen. */
export function worldOf(
  plan: OrganizationPlan,
  now: Date,
): { inventory: Inventory; past: PossibleAlarm[]; rest: PossibleAlarm[] } {
  const inventory = inventoryOf(plan, now)
  const alarms = seededRandom(`alarms of ${plan.label}`).shuffled(possibleAlarms(inventory.devices))
  const past = Math.ceil(alarms.length * pastShare)
  return { inventory, past: alarms.slice(0, past), rest: alarms.slice(past) }
}

/**
 * What a gateway has sent of a plan up to `now`, oldest first: inventory and sensors in full, with the first activation of each
 * alarm of the past; then their later activations. Repeatable by plan and moment.
 */
export function batchesOf(plan: OrganizationPlan, now: Date): Batch[] {
  const { inventory, past } = worldOf(plan, now)
  const [first = [], ...later] = byEpisode(pastAlarms(past, now))
  return [
    {
      batchId: 'world-1',
      inventory: { full: true, ...inventory },
      sensors: { full: true, sensors: sensorsOf(inventory.devices) },
      alarms: first,
    },
    ...later.map((alarms, place) => ({ batchId: `world-${place + 2}`, alarms })),
  ]
}
