import { type PeopleSet, peopleSetText, shownAttributes } from './people-set.ts'
import { determines, type Holder, type Holders, type StoredObject } from './stored.ts'
import { type DeviceAttributes, deviceJson, type LocationAttributes, locationJson } from './wire.ts'

/** A location's parent location or a device's parent device, and a device's location. */
export interface Place {
  parentId: string | null
  locationId: string | null
}

/** A location or device as it will be. Place and attributes are what its gateway says, or whoever made it. */
export interface DraftObject extends Place {
  id: string
  kind: 'Location' | 'Device'
  madeBy: StoredObject['madeBy']
  removed: boolean
  attributes: DeviceAttributes & LocationAttributes
  /** What people set: it goes before what the gateway says. */
  set: PeopleSet
  /** Where it stands, by both: placeDevices says. */
  at: Place
  /** As it is now: null where it is new. */
  stored: Pick<StoredObject, 'json' | 'removed' | 'reported' | 'personSet'> | null
}

/** What of an object people set, and what its gateway says, as it is stored. */
export interface Restated {
  id: string
  personSet: string | null
  reported: string | null
}

/** An object to write, with the JSON text that the API will send. */
export interface ChangedObject extends Restated, Place {
  kind: DraftObject['kind']
  madeBy: DraftObject['madeBy']
  removed: boolean
  label: string
  type: string
  serialNumber: string | null
  json: string
}

/** An organization's inventory on its way from what is stored to what the batch makes of it. */
export class InventoryDraft {
  readonly objects = new Map<string, DraftObject>()
  readonly gatewayId: string
  readonly #holders: Map<string, readonly Holder[]>
  readonly #touched = new Set<DraftObject>()

  constructor(gatewayId: string, stored: readonly StoredObject[], holders: Holders) {
    this.gatewayId = gatewayId
    this.#holders = new Map(holders)
    for (const one of stored) this.objects.set(one.id, draftOf(one))
  }

  /** Marks an object as one that may have changed. Objects are written in the order in which they were first touched. */
  touch(object: DraftObject): void {
    this.#touched.add(object)
  }

  add(id: string, kind: DraftObject['kind']): DraftObject {
    const object: DraftObject = {
      id,
      kind,
      parentId: null,
      locationId: null,
      madeBy: 'gateway',
      removed: false,
      attributes: { label: '', type: '' },
      set: {},
      at: { parentId: null, locationId: null },
      stored: null,
    }
    this.objects.set(id, object)
    return object
  }

  holdersOf(id: string): readonly Holder[] {
    return this.#holders.get(id) ?? []
  }

  hold(id: string, reference: string): void {
    if (!this.holdersOf(id).some((holder) => this.#isOwn(holder) && holder.reference === reference)) {
      this.#holders.set(id, [...this.holdersOf(id), { gatewayId: this.gatewayId, reference, gone: false }])
    }
  }

  /** Takes one of the gateway's names off an object. */
  release(id: string, reference: string): void {
    this.#holders.set(
      id,
      this.holdersOf(id).filter((holder) => !(this.#isOwn(holder) && holder.reference === reference)),
    )
  }

  isHeldByOthers(id: string): boolean {
    return this.holdersOf(id).some((holder) => !this.#isOwn(holder))
  }

  isHeld(id: string): boolean {
    return this.holdersOf(id).length > 0
  }

  /** Whether the batch's gateway's word on it counts. What a person made, no gateway changes. */
  determines(object: DraftObject): boolean {
    return object.madeBy === 'gateway' && determines(this.gatewayId, this.holdersOf(object.id))
  }

  live(kind: DraftObject['kind']): DraftObject[] {
    return [...this.objects.values()].filter((object) => object.kind === kind && !object.removed)
  }

  /** What an object is called, by people or else by its gateway; null: there is none. */
  labelOf(id: string): string | null {
    const object = this.objects.get(id)
    return object === undefined ? null : shownAttributes(object.attributes, object.set).label
  }

  /** What differs from what is stored, in the order in which it was touched. */
  changes(): ChangedObject[] {
    return [...this.#touched].flatMap((object) => {
      const { stored, at, kind, madeBy, removed } = object
      const shown = shownAttributes(object.attributes, object.set)
      const json = stored?.removed === false && removed ? stored.json : this.#jsonOf(object, at, shown)
      const isNew = stored === null && removed
      if (isNew || (stored?.json === json && stored.removed === removed) || (stored?.removed && removed)) return []
      const { label, type, serialNumber } = shown
      return [{ ...at, ...this.#statedOf(object), kind, madeBy, removed, label, type, serialNumber: serialNumber ?? null, json }]
    })
  }

  /** Beside the changes, what is none to whoever reads, and is to be known when people take back what they set. */
  restated(changes: readonly ChangedObject[]): Restated[] {
    const changed = new Set(changes.map(({ id }) => id))
    return [...this.#touched].flatMap((object) => {
      const stated = this.#statedOf(object)
      const { stored, removed } = object
      if (stored === null || removed || changed.has(object.id)) return []
      return stated.personSet === stored.personSet && stated.reported === stored.reported ? [] : [stated]
    })
  }

  #statedOf(object: DraftObject): Restated {
    const personSet = peopleSetText(object.set)
    return { id: object.id, personSet, reported: personSet === null ? null : this.#jsonOf(object, object, object.attributes) }
  }

  #jsonOf({ id, kind }: DraftObject, at: Place, attributes: DraftObject['attributes']): string {
    if (kind === 'Location') return locationJson(id, at.parentId, attributes)
    const gatewayIds = [...new Set(this.holdersOf(id).map((holder) => holder.gatewayId))].sort()
    return deviceJson(id, { ...at, gatewayIds }, attributes)
  }

  #isOwn(holder: Holder): boolean {
    return holder.gatewayId === this.gatewayId
  }
}

function draftOf({ json, personSet, reported, ...row }: StoredObject): DraftObject {
  const said = JSON.parse(reported ?? json) as DraftObject['attributes'] & Partial<Place>
  return {
    ...row,
    ...(reported === null ? {} : { parentId: said.parentId ?? null, locationId: said.locationId ?? null }),
    attributes: said,
    set: personSet === null ? {} : (JSON.parse(personSet) as PeopleSet),
    at: { parentId: row.parentId, locationId: row.locationId },
    stored: { json, removed: row.removed, personSet, reported },
  }
}
