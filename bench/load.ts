// The load client, in a process of its own: is told what to ask, answers with requests a second.
import pg from 'pg'
import { answering } from './answering.ts'
import { Connection, requestHead } from './connection.ts'

/** What to ask of a server. */
export interface Load {
  url: string
  path: string
  headers: Record<string, string>
  connections: number
  /** How long to ask. */
  ms: number
  /** Change this organization's inventory before each request: then one request at a time, and only requests are timed. */
  change?: { databaseUrl: string; organization: string }
}

/** Requests a second. */
answering((load: Load) => (load.change ? changing(load, load.change) : steady(load)))

/** Each connection asks again as soon as it has its answer. */
async function steady(load: Load): Promise<number> {
  const request = requestHead('GET', load.url, load.path, load.headers)
  const connections = Array.from({ length: load.connections }, () => new Connection(load.url))
  const begin = performance.now()
  const counts = await Promise.all(
    connections.map(async (connection) => {
      let count = 0
      for (; performance.now() - begin < load.ms; count += 1) await connection.send(request)
      return count
    }),
  )
  const seconds = (performance.now() - begin) / 1000
  for (const connection of connections) connection.close()
  return counts.reduce((sum, count) => sum + count) / seconds
}

async function changing(
  load: Load,
  { databaseUrl, organization }: { databaseUrl: string; organization: string },
): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const request = requestHead('GET', load.url, load.path, load.headers)
  const connection = new Connection(load.url)
  let requestMs = 0
  let count = 0
  for (; requestMs < load.ms; count += 1) {
    await changeOne(client, organization)
    const begin = performance.now()
    await connection.send(request)
    requestMs += performance.now() - begin
  }
  connection.close()
  await client.end()
  return count / (requestMs / 1000)
}

/** Changes a device as an ingested batch does: its text, its offset, the feed's head. */
async function changeOne(client: pg.Client, organization: string): Promise<void> {
  await client.query({
    name: 'change',
    text: `with head as (
             update feed_head set head = head + 1 where organization_id = $1 and family = 'inventory' returning head)
           update inventory_object o
              set changed_offset = head.head, json = regexp_replace(json, '("firmwareVersion":")[^"]*', '\\1' || head.head)
             from head
            where o.organization_id = $1
              and o.id = (select id from inventory_object
                           where organization_id = $1 and type = 'RPDU' order by changed_offset limit 1)`,
    values: [organization],
  })
}
