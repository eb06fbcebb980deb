import pg from 'pg'

/** Works on a connection, and closes it whatever comes: left open, the end of its PostgreSQL would be the bench's. */
export async function withClient<Result>(databaseUrl: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
