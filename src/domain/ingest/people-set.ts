/**
 * What people may set about a device or a location that a gateway reports. All else is the gateway's: type, make, serial number, addresses of
 * the network, what a device is a part of, and through which gateways it is seen.
 */
export interface PeopleSet {
  label?: string
  /** Of a location: the one that it lies in; null: none, it stands at the top. */
  parentId?: string | null
  /** Of a device that is no part: where it is; null: in no location. */
  locationId?: string | null
  /** Of this and of what follows, empty text: there is none, whatever the gateway says. */
  address?: string
  deviceNote?: string
  warrantyExpirationDate?: string
  lastServiceDate?: string
  serviceDueDate?: string
}

export const peopleSetNames = [
  'label',
  'parentId',
  'locationId',
  'address',
  'deviceNote',
  'warrantyExpirationDate',
  'lastServiceDate',
  'serviceDueDate',
] as const satisfies (keyof PeopleSet)[]

/** In a fixed order, so that the same is the same text. Null: nothing is set. */
export function peopleSetText(set: PeopleSet): string | null {
  const given = peopleSetNames.filter((name) => set[name] !== undefined)
  return given.length === 0 ? null : JSON.stringify(Object.fromEntries(given.map((name) => [name, set[name]])))
}

/** A change to what is set: a value sets, undefined leaves as it is, 'as reported' takes back. */
export type PeopleChange = { [Name in keyof PeopleSet]?: PeopleSet[Name] | 'as reported' }

/** What is told of an object: what people set, else what its gateway says. */
export function shownAttributes<Attributes extends object>(said: Attributes, set: PeopleSet): Attributes {
  const empty = Object.entries(set).filter(([, value]) => value === '')
  return { ...said, ...set, ...Object.fromEntries(empty.map(([name]) => [name, undefined])) }
}

export function changedSet(set: PeopleSet, change: PeopleChange): PeopleSet {
  const next: Record<string, unknown> = { ...set }
  for (const [name, value] of Object.entries(change)) {
    if (value === 'as reported') delete next[name]
    else if (value !== undefined) next[name] = value
  }
  return next
}
