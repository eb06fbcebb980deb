import type { Db } from '../store/database.ts'
import { liveSensors, liveSensorsVersion } from '../store/ingest/references.ts'

/** Names that one process remembers, of all gateways. */
export const sensorNamesMax = 200_000

/** A gateway's names of its live sensors, each to the sensor's id. */
export type SensorIds = ReadonlyMap<string, string>

/**
 * What gateways call their sensors, kept from report to report: a report of a thousand sensors would ask for a thousand names, and nearly always
 * get what the one before got. Each report asks whether that still holds; so what is remembered is never older than the report.
 */
export class SensorNames {
  readonly #db: Db
  /** The longest unused first. */
  readonly #known = new Map<string, { version: string; ids: SensorIds }>()
  #count = 0

  constructor(db: Db) {
    this.#db = db
  }

  async of({ id, organizationId }: { id: string; organizationId: string }): Promise<SensorIds> {
    // Read before the names: where they change in between, these are newer than their version, and read again.
    const version = await liveSensorsVersion(this.#db, organizationId, id)
    const known = this.#known.get(id)
    const ids = known?.version === version ? known.ids : await liveSensors(this.#db, id)
    this.#remember(id, version, ids)
    return ids
  }

  #remember(id: string, version: string, ids: SensorIds): void {
    this.#forget(id)
    this.#known.set(id, { version, ids })
    this.#count += ids.size
    for (const oldest of this.#known.keys()) {
      if (this.#count <= sensorNamesMax) return
      this.#forget(oldest)
    }
  }

  #forget(id: string): void {
    this.#count -= this.#known.get(id)?.ids.size ?? 0
    this.#known.delete(id)
  }
}
