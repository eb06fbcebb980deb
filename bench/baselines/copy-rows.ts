// What storing measurements as rows costs at least: COPY in binary, on so many connections, each commit of so many rows.
import pg from 'pg'
import { answering } from '../answering.ts'
import { CopyBytes } from '../measurements/copy-bytes.ts'

export type Copying = Record<'databaseUrl' | 'table', string> &
  Record<'connections' | 'rowsPerCommit' | 'ms', number> & { sensors: string[] }

/** Rows a second. */
answering(async ({ databaseUrl, table, sensors, connections, rowsPerCommit, ms }: Copying) => {
  const copy = async (nth: number) => {
    const client = new pg.Client({ connectionString: databaseUrl })
    await client.connect()
    const bytes = new CopyBytes(sensors, nth * rowsPerCommit, rowsPerCommit)
    let count = 0
    for (const begun = performance.now(); performance.now() - begun < ms; count += rowsPerCommit)
      await copied(client, table, bytes.at(Date.now()))
    await client.end()
    return count
  }
  const begun = performance.now()
  const counts = await Promise.all(Array.from({ length: connections }, (_, nth) => copy(nth)))
  return counts.reduce((sum, count) => sum + count) / ((performance.now() - begun) / 1000)
})

function copied(client: pg.Client, table: string, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const handleCopyInResponse = (connection: { sendCopyFromChunk(bytes: Buffer): void; endCopyFrom(): void }) => {
      connection.sendCopyFromChunk(bytes)
      connection.endCopyFrom()
    }
    const submit = (connection: pg.Connection) => connection.query(`copy ${table} from stdin (format binary)`)
    const ends = { handleCommandComplete: () => {}, handleReadyForQuery: () => resolve(), handleError: reject }
    client.query({ submit, handleCopyInResponse, ...ends } as pg.Submittable)
  })
}
