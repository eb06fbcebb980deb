import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { newCredential } from '../src/domain/credential.ts'
import { hashSecret, serverSecrets } from '../src/domain/server-secrets.ts'

/** A partner with `count` valid customers, whose ids are its own with a number. */
export async function partner(client: pg.Client, id: string, count: number): Promise<void> {
  await client.query(`insert into company (id, kind, name, partner_id) values ($1, 'partner', $1, upper($1))`, [id])
  const each = `from generate_series(1, ${count}) n`
  await client.query(`insert into company (id, kind, name) select $1 || '-' || n, 'customer', 'Customer ' || n ${each}`, [id])
  await client.query(
    `insert into subscription (company_id, kind, starts_at, ends_at)
     select $1 || '-' || n, 'paid', now() - interval '30 days', now() + interval '1 year' ${each}`,
    [id],
  )
  await client.query(`insert into partnership (id, customer_id, partner_id) select $1 || '-' || n, $1 || '-' || n, $1 ${each}`, [
    id,
  ])
  await client.query(
    `insert into consent (partnership_id, alarms_since, sensors_since) select $1 || '-' || n, now(), now() ${each}`,
    [id],
  )
  await client.query(
    `insert into feed_head (organization_id, family, head)
     select $1 || '-' || n, family, 10 ${each}, unnest(array['inventory', 'sensors', 'alarms']) family`,
    [id],
  )
}

/** A key of a partner; a specific one covers each of its customers. Returns its text. */
export async function insertKey(client: pg.Client, secret: string, company: string, kind: 'all' | 'specific'): Promise<string> {
  const credential = newCredential('ak_live_', { randomBytes })
  const { hash, secretName } = hashSecret(credential, serverSecrets(secret))
  await client.query(
    `insert into api_key (id, company_id, kind, name, secret_hash, secret_name) values ($1, $2, $3, 'Bench', $4, $5)`,
    [credential.id, company, kind, hash, secretName],
  )
  if (kind === 'specific') {
    await client.query(
      `insert into api_key_organization (key_id, organization_id) select $1, customer_id from partnership where partner_id = $2`,
      [credential.id, company],
    )
  }
  return credential.text
}
