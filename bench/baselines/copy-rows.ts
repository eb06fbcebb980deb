// What storing measurements as rows costs at least: COPY in binary, on so many connections, each commit of so many rows.
import pg from 'pg'
import { answering } from '../answering.ts'
import { Values } from '../measurements/values.ts'

export interface Copying {
  databaseUrl: string
  table: string
  sensors: string[]
  connections: number
  rowsPerCommit: number
  ms: number
}

const since2000 = 946_684_800_000
const head = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex')
const field = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes])

/** Rows a second. Their bytes are made before; what is changed for each commit is their times, so that they rise. */
answering(async ({ databaseUrl, table, sensors, connections, rowsPerCommit, ms }: Copying) => {
  const row = ({ sensor, value }: { sensor: number; value: number }) => {
    const number = Buffer.alloc(8)
    number.writeDoubleBE(value)
    return Buffer.concat([
      Buffer.from([0, 3]),
      field(Buffer.from(sensors[sensor] as string)),
      field(Buffer.alloc(8)),
      field(number),
    ])
  }
  const rows = [...new Values(sensors).next(0)].map(row)
  const copy = async (nth: number) => {
    const client = new pg.Client({ connectionString: databaseUrl })
    await client.connect()
    const chosen = Array.from(
      { length: rowsPerCommit },
      (_, place) => rows[(place + nth * rowsPerCommit) % rows.length] as Buffer,
    )
    const bytes = Buffer.concat([head, ...chosen, Buffer.from([255, 255])])
    let count = 0
    for (const begun = performance.now(); performance.now() - begun < ms; count += rowsPerCommit) {
      const time = BigInt(Date.now() - since2000) * 1000n
      for (let place = 0, end = head.length; place < rowsPerCommit; place += 1) {
        end += (chosen[place] as Buffer).length
        bytes.writeBigInt64BE(time, end - 20)
      }
      await copied(client, table, bytes)
    }
    await client.end()
    return count
  }
  const begun = performance.now()
  const counts = await Promise.all(Array.from({ length: connections }, (_, nth) => copy(nth)))
  return counts.reduce((sum, count) => sum + count) / ((performance.now() - begun) / 1000)
})

function copied(client: pg.Client, table: string, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query({
      submit: (connection: pg.Connection) => connection.query(`copy ${table} from stdin (format binary)`),
      handleCopyInResponse: (connection: { sendCopyFromChunk(bytes: Buffer): void; endCopyFrom(): void }) => {
        connection.sendCopyFromChunk(bytes)
        connection.endCopyFrom()
      },
      handleCommandComplete: () => {},
      handleReadyForQuery: () => resolve(),
      handleError: reject,
    } as pg.Submittable)
  })
}
