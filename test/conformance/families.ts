import { ask, bodyOf } from './operations.ts'
import { type FamilyName, type KeyName, world } from './world.ts'

export interface InventoryObject {
  inventoryObjectType: 'Organization' | 'Location' | 'Device'
  id: string
  label: string
  type?: string
  parentId?: string
  locationId?: string
  gatewayIds?: string[]
}

export interface Alarm {
  id: string
  deviceId: string
  severity: string
  activatedTime: string
  clearedTime?: string
}

/** An inventory object, an alarm or a sensor. */
export type Item = { id: string }

/** A list's or a batch's items or changes, and its offset. */
export interface Batch {
  entries: unknown[]
  offset: number
  resyncRequired?: boolean
}

interface Family {
  list: string
  changes: string
  entriesOfList: string
  entriesOfChanges: string
  /** Applies one change to a client's copy. */
  apply(change: never, copy: Map<string, Item>): void
}

export const families: Record<FamilyName, Family> = {
  inventory: {
    list: 'listInventory',
    changes: 'getInventoryChangesAfterOffset',
    entriesOfList: 'inventoryObjects',
    entriesOfChanges: 'inventoryObjectChanges',
    apply: (change: { inventoryObject?: Item; inventoryObjectId?: string }, copy) => {
      if (change.inventoryObject) copy.set(change.inventoryObject.id, change.inventoryObject)
      else copy.delete(change.inventoryObjectId ?? '')
    },
  },
  alarms: {
    list: 'listAlarms',
    changes: 'getAlarmChangesAfterOffset',
    entriesOfList: 'alarms',
    entriesOfChanges: 'alarms',
    apply: (alarm: Item, copy) => copy.set(alarm.id, alarm),
  },
  sensors: {
    list: 'listSensors',
    changes: 'getSensorChangesAfterOffset',
    entriesOfList: 'sensors',
    entriesOfChanges: 'sensorChanges',
    apply: (change: { sensor?: Item; sensorId?: string }, copy) => {
      if (change.sensor) copy.set(change.sensor.id, change.sensor)
      else copy.delete(change.sensorId ?? '')
    },
  },
}

export const familyNames = Object.keys(families) as FamilyName[]

const pagesMax = 1_000

/** The organizations that a key covers now. */
export async function organizationsOf(key: KeyName): Promise<{ id: string; label: string }[]> {
  return bodyOf<{ organizations: { id: string; label: string }[] }>(await ask('listOrganizations', key)).organizations
}

/** The first organization that a key covers and that no withdrawal of this run is about. Throws where there is none, since nothing can be examined then. */
export async function firstOf(key: KeyName): Promise<string> {
  const first = (await organizationsOf(key)).find(({ id }) => !isMoved(id))
  if (!first) throw new Error(`The key "${key}" covers no organization; the suite needs one.`)
  return first.id
}

function isMoved(id: string): boolean {
  return Boolean(world.management?.withdrawals?.some(({ organization }) => organization === id))
}

export async function listOf(family: FamilyName, key: KeyName, organizationId: string): Promise<Batch> {
  const body = bodyOf<Record<string, unknown[]> & { offset: number }>(await ask(families[family].list, key, { organizationId }))
  return { entries: body[families[family].entriesOfList] ?? [], offset: body.offset }
}

export async function changesAfter(family: FamilyName, key: KeyName, organizationId: string, offset: number): Promise<Batch> {
  const reply = await ask(families[family].changes, key, { organizationId, offset })
  const {
    offset: next,
    resyncRequired,
    ...rest
  } = bodyOf<Record<string, unknown[]> & { offset: number; resyncRequired?: boolean }>(reply)
  const entries = rest[families[family].entriesOfChanges] ?? []
  return { entries, offset: next, ...(resyncRequired === undefined ? {} : { resyncRequired }) }
}

/** The batches after `offset` until the server echoes what it is sent; the last one is the echo. */
export async function batchesAfter(family: FamilyName, key: KeyName, organizationId: string, offset: number): Promise<Batch[]> {
  const batches: Batch[] = []
  for (let asked = offset; batches.length < pagesMax; asked = batches.at(-1)?.offset ?? asked) {
    const batch = await changesAfter(family, key, organizationId, asked)
    batches.push(batch)
    if (batch.offset === asked) return batches
  }
  throw new Error(`After ${pagesMax} batches the ${family} of ${organizationId} were not at their head.`)
}

/** Applies batches to a copy, in place. */
export function follow(family: FamilyName, copy: Map<string, Item>, batches: Batch[]): void {
  for (const change of batches.flatMap(({ entries }) => entries)) families[family].apply(change as never, copy)
}

export function byId(entries: unknown[]): Map<string, Item> {
  return new Map((entries as Item[]).map((entry) => [entry.id, entry]))
}
