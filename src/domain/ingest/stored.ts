/** A gateway that has a name for an object, oldest first where there are several. `gone`: the gateway itself was removed. */
export interface Holder {
  gatewayId: string
  reference: string
  gone: boolean
}

/** What one gateway calls an object. */
export interface OwnReference {
  reference: string
  objectId: string
}

/** A location or a device as it is stored; `removed` is a tombstone that one of the batch's gateway's names still leads to. */
export interface StoredObject {
  id: string
  kind: 'Location' | 'Device'
  parentId: string | null
  locationId: string | null
  madeBy: 'gateway' | 'person' | 'system'
  removed: boolean
  json: string
  /** What people set, and the object by the gateway's word alone, as JSON texts; null where they set nothing. */
  personSet: string | null
  reported: string | null
}

export interface StoredSensor {
  id: string
  deviceId: string
  removed: boolean
  json: string
}

export interface StoredAlarm {
  id: string
  deviceId: string
  activatedTime: string
  clearedTime: string | null
  reactivations: number
  json: string
}

/** Names to write, and names to forget, of the batch's gateway. */
export interface ReferenceChanges {
  put: OwnReference[]
  drop: string[]
}

/** Whether the batch's gateway is the one whose word on an object counts: the one that named it first, of those that there are. */
export function determines(gatewayId: string, holders: readonly Holder[]): boolean {
  const present = holders.find((holder) => !holder.gone)
  return present === undefined || present.gatewayId === gatewayId
}

/** Holders by the id of their object. */
export type Holders = ReadonlyMap<string, readonly Holder[]>
