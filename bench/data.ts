import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { insertKey, partner } from './companies.ts'
import { type MeasurementWorld, seedMeasurements } from './measurements/world.ts'

/** What the figures are measured on. */
export interface BenchData {
  /** Keys of all kinds that the figures compare, as programs send them. */
  keys: { all10: string; all10000: string; specific10: string; specific10000: string }
  /** Covered by all four keys, with `objectsCount` inventory objects. */
  organization: string
  objectsCount: number
}

const objectsCount = 5000
const gatewaysCount = 4

/**
 * Fills a migrated, empty database: a partner of 10 customers, one of 10,000, and 50,000 customers, consents and keys of others, so that no plan
 * looks good because its tables are small. Written past the triggers, which would record a hundred thousand acts.
 */
export async function seed(client: pg.Client, secret: string): Promise<{ data: BenchData; world: MeasurementWorld }> {
  await client.query('begin')
  await client.query("set local session_replication_role = 'replica'")
  await partner(client, 'Ten', 10)
  await partner(client, 'Tenthousand', 10_000)
  for (let other = 1; other <= 50; other += 1) await partner(client, `Other${other}`, 1000)
  await client.query(`
    insert into api_key (id, company_id, kind, name, secret_hash, secret_name)
    select 'noise' || lpad(n::text, 7, '0'), 'Other' || (n % 50 + 1), 'all', 'Noise', sha256(n::text::bytea), 'none'
      from generate_series(1, 50000) n`)

  const organization = 'Ten-1'
  await client.query(`insert into partnership (id, customer_id, partner_id) values ('shared', $1, 'Tenthousand')`, [organization])
  await client.query(`insert into consent (partnership_id, alarms_since, sensors_since) values ('shared', now(), now())`)
  await inventory(client, organization)
  const key = (company: string, kind: 'all' | 'specific') => insertKey(client, secret, company, kind)
  const keys = {
    all10: await key('Ten', 'all'),
    all10000: await key('Tenthousand', 'all'),
    specific10: await key('Ten', 'specific'),
    specific10000: await key('Tenthousand', 'specific'),
  }
  const world = await seedMeasurements(client, secret)
  await client.query('commit')
  await client.query('vacuum analyze')
  return { data: { keys, organization, objectsCount }, world }
}

/** A site of rack PDUs with their outlets, about 300 bytes an object, with random ids as in a real one. */
async function inventory(client: pg.Client, organization: string): Promise<void> {
  await client.query(
    `insert into inventory_object (organization_id, id, kind, type, label, parent_id, made_by, changed_offset, json)
     select $1, o.id, o.object->>'inventoryObjectType', o.object->>'type', o.object->>'label', o.object->>'parentId', 'gateway', o.n, o.object::text
       from (select n, object, object->>'id' as id from json_array_elements($2::json) with ordinality as e (object, n)) o`,
    [organization, JSON.stringify(objects(organization))],
  )
  await client.query(`update feed_head set head = $2 where organization_id = $1 and family = 'inventory'`, [
    organization,
    objectsCount,
  ])
}

function objects(organization: string): object[] {
  const hex = (bytes: number) => randomBytes(bytes).toString('hex')
  const id = () => `${hex(4)}-${hex(2)}-${hex(2)}-${hex(2)}-${hex(6)}`
  const gateways = Array.from({ length: gatewaysCount }, id)
  const room = id()
  let rack = id()
  return Array.from({ length: objectsCount }, (_, n) => {
    if (n === 0) return { inventoryObjectType: 'Organization', id: organization, label: 'Customer 1' }
    if (n === 1)
      return { inventoryObjectType: 'Location', id: room, label: 'Server room', type: 'ROOM', address: 'Main street 1' }
    const outlet = n % 25 !== 2
    if (!outlet) rack = id()
    return {
      inventoryObjectType: 'Device',
      id: outlet ? id() : rack,
      label: outlet ? `Outlet ${n % 25}` : `Rack PDU ${n}`,
      type: outlet ? 'OUTLET_GROUP' : 'RPDU',
      ...(outlet ? { parentId: rack } : {}),
      locationId: room,
      gatewayIds: [gateways[n % gatewaysCount]],
      modelName: 'AP8853',
      serialNumber: `5A${1000000 + n}`,
      ...(outlet
        ? {}
        : { manufacturer: 'Example', ipAddress: `10.0.${n >> 8}.${n & 255}`, macAddress: hex(6), firmwareVersion: '6.5.6' }),
    }
  })
}
