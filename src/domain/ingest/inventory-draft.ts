import { determines, type Holder, type Holders, type StoredObject } from './stored.ts'
import { type DeviceAttributes, deviceJson, type LocationAttributes, locationJson } from './wire.ts'

/** A location or device as it will be. `stored` is its present JSON text: null where it is new. */
export interface DraftObject {
  id: string
  kind: 'Location' | 'Device'
  parentId: string | null
  locationId: string | null
  madeBy: StoredObject['madeBy']
  removed: boolean
  attributes: DeviceAttributes & LocationAttributes
  stored: { json: string; removed: boolean } | null
}

/** An object to write, with the JSON text that the API will send. */
export interface ChangedObject extends Omit<DraftObject, 'attributes' | 'stored'> {
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
    for (const { json, ...row } of stored) {
      this.objects.set(row.id, { ...row, attributes: JSON.parse(json), stored: { json, removed: row.removed } })
    }
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

  /** What differs from what is stored, in the order in which it was touched. */
  changes(): ChangedObject[] {
    return [...this.#touched].flatMap((object) => {
      const { attributes, stored, ...row } = object
      const json = stored?.removed === false && object.removed ? stored.json : this.#jsonOf(object)
      const isNew = stored === null && object.removed
      if (isNew || (stored?.json === json && stored.removed === object.removed) || (stored?.removed && object.removed)) return []
      return [{ ...row, label: attributes.label, type: attributes.type, serialNumber: attributes.serialNumber ?? null, json }]
    })
  }

  #jsonOf({ id, kind, parentId, locationId, attributes }: DraftObject): string {
    if (kind === 'Location') return locationJson(id, parentId, attributes)
    const gatewayIds = [...new Set(this.holdersOf(id).map((holder) => holder.gatewayId))].sort()
    return deviceJson(id, { parentId, locationId, gatewayIds }, attributes)
  }

  #isOwn(holder: Holder): boolean {
    return holder.gatewayId === this.gatewayId
  }
}
