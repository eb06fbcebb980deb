import type { Db } from '../store/database.ts'
import { liveSensorsAndVersion, liveSensorsVersion } from '../store/ingest/references.ts'
import { SensorTable } from './sensor-table.ts'

/** Names that one process remembers: of one gateway, and of all. */
export const sensorNamesMax = { gateway: 20_000, all: 200_000 } as const

/**
 * What gateways call their sensors, kept from report to report: a report of a thousand sensors would ask for a thousand names, and nearly always
 * get what the one before got. Each report asks whether that still holds; so what is remembered is never older than the report.
 */
export class SensorNames {
  readonly #db: Db
  readonly #seed: number
  /** The longest unused first. */
  readonly #known = new Map<string, { version: string; sensors: SensorTable }>()
  #count = 0

  /** `seed`: random (sensor-table.ts). */
  constructor(db: Db, seed: number) {
    this.#db = db
    this.#seed = seed
  }

  async of({ id, organizationId }: { id: string; organizationId: string }): Promise<SensorTable> {
    const known = this.#known.get(id)
    const now =
      known?.version === (await liveSensorsVersion(this.#db, organizationId, id)) ? known : await this.#read(organizationId, id)
    this.#remember(id, now)
    return now.sensors
  }

  async #read(organizationId: string, id: string) {
    const { version, sensors } = await liveSensorsAndVersion(this.#db, organizationId, id)
    return { version, sensors: SensorTable.of(sensors, this.#seed) }
  }

  #remember(id: string, known: { version: string; sensors: SensorTable }): void {
    this.#forget(id)
    if (known.sensors.size > sensorNamesMax.gateway) return
    this.#known.set(id, known)
    this.#count += known.sensors.size
    for (const oldest of this.#known.keys()) {
      if (this.#count <= sensorNamesMax.all) return
      this.#forget(oldest)
    }
  }

  #forget(id: string): void {
    this.#count -= this.#known.get(id)?.sensors.size ?? 0
    this.#known.delete(id)
  }
}
