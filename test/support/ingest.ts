import { gzipSync } from 'node:zlib'
import sql from 'sql-template-tag'
import type { Batch } from '../../src/domain/batch.ts'
import { newCredential } from '../../src/domain/credential.ts'
import { hashSecret } from '../../src/domain/server-secrets.ts'
import type { TestServer } from './server.ts'

/** A company that gateways may send for. */
export async function newOrganization(server: TestServer, kind: 'customer' | 'demo' = 'customer'): Promise<string> {
  const [row] = await server.database.system.rows<{ id: string }>(
    sql`insert into company (kind, name) values (${kind}, 'Test site') returning id`,
  )
  return (row as { id: string }).id
}

/** A key of an organization for its own data. */
export async function newOwnKey(server: TestServer, organizationId: string): Promise<string> {
  const credential = newCredential('ak_live_', server.context.clock)
  const { hash, secretName } = hashSecret(credential, server.context.secrets)
  await server.database.system.rows(sql`
    insert into api_key (id, company_id, kind, name, secret_hash, secret_name)
    values (${credential.id}, ${organizationId}, 'own', 'Test key', ${hash}, ${secretName})`)
  return credential.text
}

/** A gateway of an organization, its token, and a way to send batches as it. */
export interface TestGateway {
  id: string
  token: string
  send(batch: Partial<Batch> & { batchId: string }): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }>
  /** Sends measurements: lines, as text or as objects. */
  measure(
    batchId: string,
    lines: string | readonly object[],
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }>
  post(
    body: string | Uint8Array<ArrayBuffer>,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }>
}

export async function newGateway(server: TestServer, organizationId: string, name = 'Test gateway'): Promise<TestGateway> {
  const credential = newCredential('gw_', server.context.clock)
  const { hash, secretName } = hashSecret(credential, server.context.secrets)
  await server.database.system.rows(sql`
    insert into gateway (id, company_id, name, secret_hash, secret_name) values (${credential.id}, ${organizationId}, ${name}, ${hash}, ${secretName})`)
  const post: TestGateway['post'] = async (body, headers = {}) => {
    const response = await fetch(`${server.url}/ingest/v1/batches`, {
      method: 'POST',
      headers: { authorization: `Bearer ${credential.text}`, 'content-type': 'application/json', ...headers },
      body,
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown>, headers: response.headers }
  }
  return {
    id: credential.id,
    token: credential.text,
    post,
    measure: async (batchId, lines, headers = {}) => {
      const response = await fetch(`${server.url}/ingest/v1/measurements?batchId=${encodeURIComponent(batchId)}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${credential.text}`, 'content-type': 'application/x-ndjson', ...headers },
        body: typeof lines === 'string' ? lines : lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
      })
      return { status: response.status, body: (await response.json()) as Record<string, unknown>, headers: response.headers }
    },
    send: (batch) => post(gzipSync(JSON.stringify(batch), { level: 1 }), { 'content-encoding': 'gzip' }),
  }
}

/** What is stored of an organization, as the API would send it, with the offset of each row's last change. */
export interface Stored {
  objects: Map<string, Record<string, unknown>>
  sensors: Map<string, Record<string, unknown>>
  alarms: Map<string, Record<string, unknown>>
}

/** The live objects, sensors and all alarms of an organization, by id. */
export async function storedOf(server: TestServer, organizationId: string): Promise<Stored> {
  const read = async (table: 'inventory_object' | 'sensor' | 'alarm') => {
    const statements = {
      inventory_object: sql`select id, json from inventory_object where organization_id = ${organizationId} and kind <> 'Organization' and removed_at is null`,
      sensor: sql`select id, json from sensor where organization_id = ${organizationId} and removed_at is null`,
      alarm: sql`select id, json from alarm where organization_id = ${organizationId}`,
    }
    const rows = await server.database.system.rows<{ id: string; json: string }>(statements[table])
    return new Map(rows.map(({ id, json }) => [id, JSON.parse(json) as Record<string, unknown>]))
  }
  return { objects: await read('inventory_object'), sensors: await read('sensor'), alarms: await read('alarm') }
}

/** The one object with this label. */
export function labelled(objects: Map<string, Record<string, unknown>>, label: string): Record<string, unknown> {
  const found = [...objects.values()].filter((object) => object.label === label)
  if (found.length !== 1) throw new Error(`${found.length} objects have the label ${label}`)
  return found[0] as Record<string, unknown>
}
