type Json = Record<string, unknown>

/** The feeds of the device-data API: their paths, and where in an answer things are. */
const families = {
  inventory: { list: 'inventory', changes: 'inventory-changes', objects: 'inventoryObjects', changed: 'inventoryObjectChanges' },
  sensors: { list: 'sensors', changes: 'sensor-changes', objects: 'sensors', changed: 'sensorChanges' },
  alarms: { list: 'alarms', changes: 'alarm-changes', objects: 'alarms', changed: 'alarms' },
} as const
type Family = keyof typeof families
const names = Object.keys(families) as Family[]

/** What a program knows of an organization: the JSON text of each object by its id, for each family. */
export type Known = Record<Family, Map<string, string>>

/** A program that keeps up with an organization as the contract's section 4 says. */
export class Reader {
  readonly known: Known = { inventory: new Map(), sensors: new Map(), alarms: new Map() }
  readonly #offsets: Record<Family, number> = { inventory: 0, sensors: 0, alarms: 0 }
  readonly #base: string
  readonly #key: string

  constructor(url: string, organizationId: string, key: string) {
    this.#base = `${url}/rest/v1/organizations/${organizationId}`
    this.#key = key
  }

  async list(): Promise<void> {
    for (const family of names) {
      const { list, objects } = families[family]
      const answer = await this.#get(list)
      this.known[family].clear()
      for (const object of answer[objects] as Json[]) this.#set(family, object)
      this.#offsets[family] = answer.offset as number
    }
  }

  /** Asks for changes until each feed gives back the offset that it was asked with. */
  async follow(): Promise<void> {
    for (const family of names) {
      const { changes, changed } = families[family]
      for (let asked = -1; asked !== this.#offsets[family]; ) {
        asked = this.#offsets[family]
        const answer = await this.#get(`${changes}/${asked}`)
        if (answer.resyncRequired) throw new Error(`${family}: to be listed again after ${asked}`)
        for (const change of answer[changed] as Json[]) this.#apply(family, change)
        this.#offsets[family] = answer.offset as number
      }
    }
  }

  #apply(family: Family, change: Json): void {
    const deleted = change.inventoryObjectId ?? change.sensorId
    if (deleted !== undefined) this.known[family].delete(deleted as string)
    else this.#set(family, (change.inventoryObject ?? change.sensor ?? change) as Json)
  }

  #set(family: Family, object: Json): void {
    this.known[family].set(object.id as string, JSON.stringify(object))
  }

  async #get(path: string): Promise<Json> {
    const response = await fetch(`${this.#base}/${path}`, { headers: { authorization: `Bearer ${this.#key}` } })
    if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as Json
  }
}
