import { startPostgres } from './postgres.ts'

/** One PostgreSQL for a run of the tests; each server takes a database of its own in it. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.ASSENT_TEST_POSTGRES_URL) return undefined
  const postgres = await startPostgres()
  process.env.ASSENT_TEST_POSTGRES_URL = postgres.url
  return async () => {
    delete process.env.ASSENT_TEST_POSTGRES_URL
    await postgres.stop()
  }
}
