import sql from 'sql-template-tag'
import { type ServerSecrets, secretFingerprint } from '../domain/server-secrets.ts'
import type { Database } from './database.ts'

/**
 * Holds the server's secrets against the fingerprints in the database, and notes a new one. Throws where none of them is known
 * there: under a wrong secret every key would be refused, and new ones would be lost with it.
 */
export async function checkServerSecrets(db: Pick<Database, 'system'>, secrets: ServerSecrets): Promise<void> {
  const stored = await db.system.rows<{ name: string; fingerprint: Uint8Array }>(sql`select name, fingerprint from server_secret`)
  const known = [...secrets.all.values()].filter((secret) =>
    stored.some((row) => row.name === secret.name && Buffer.compare(row.fingerprint, secretFingerprint(secret)) === 0),
  )
  if (stored.length > 0 && known.length === 0) {
    throw new Error(
      'This is not the secret that the database was used with (ASSENT_SECRET, or the file "secret" in the data directory). ' +
        'Give the former one as ASSENT_FORMER_SECRET if it was changed on purpose.',
    )
  }
  if (known.includes(secrets.current)) return
  await db.system.rows(sql`
    insert into server_secret (name, fingerprint) values (${secrets.current.name}, ${secretFingerprint(secrets.current)})
        on conflict do nothing`)
}
