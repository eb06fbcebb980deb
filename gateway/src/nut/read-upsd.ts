import { connectUpsd, type UpsdAddress, type UpsdConnection, UpsdRefused } from './connection.ts'

/** A UPS as upsd gives it just now. */
export interface UpsReading {
  name: string
  /** What its administrator wrote beside it in ups.conf; absent where nothing. */
  description?: string
  /** NUT's variables; absent where upsd has none to give: then `problem` says why (DATA-STALE, DRIVER-NOT-CONNECTED, …). */
  variables?: ReadonlyMap<string, string>
  problem?: string
}

/** All UPSs of one upsd, or why it could not be read at all. */
export type UpsdReading = { upses: UpsReading[] } | { problem: string }

/** One upsd, read again and again over one connection, which is made anew after it broke. */
export interface UpsdReader {
  read(): Promise<UpsdReading>
  close(): void
}

const upsName = /^[\x21-\x7e]{1,100}$/

/** A reader of one upsd; of its UPSs only those in `names`, where given. It never throws: what goes wrong is in the reading. */
export function upsdReader(address: UpsdAddress, names?: readonly string[]): UpsdReader {
  let connection: UpsdConnection | undefined
  let isClosed = false

  async function attempt(): Promise<UpsdReading> {
    connection ??= await connectUpsd(address)
    const upses: UpsReading[] = []
    for (const [name, description] of await connection.list('UPS')) {
      if (name === undefined || !upsName.test(name) || (names && !names.includes(name))) continue
      upses.push({ ...(await readUps(connection, name)), ...(isSaid(description) && { description }) })
    }
    return { upses }
  }

  return {
    async read() {
      const reused = connection !== undefined
      try {
        return await attempt()
      } catch (error) {
        connection?.close()
        connection = undefined
        // A connection kept from the last time may have been closed in between (upsd restarted): only a new one tells.
        if (reused && !isClosed) return this.read()
        return { problem: error instanceof Error ? error.message : String(error) }
      }
    },
    close() {
      isClosed = true
      connection?.close()
    },
  }
}

async function readUps(connection: UpsdConnection, name: string): Promise<UpsReading> {
  try {
    const rows = await connection.list(`VAR ${name}`)
    return { name, variables: new Map(rows.map(([variable = '', value = '']) => [variable, value])) }
  } catch (error) {
    if (error instanceof UpsdRefused) return { name, problem: error.code }
    throw error
  }
}

function isSaid(description: string | undefined): description is string {
  return description !== undefined && description !== '' && description !== 'Description unavailable'
}
