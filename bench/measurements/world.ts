import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { newCredential } from '../../src/domain/credential.ts'
import { nextSensorId } from '../../src/domain/sensor-ids.ts'
import { hashSecret, serverSecrets } from '../../src/domain/server-secrets.ts'
import { insertKey, partner } from '../companies.ts'
import { sensorRefs } from './values.ts'

/** A gateway, with its token's text and its sensors: `refs` and `ids` in one order. */
export interface GatewaySeed {
  id: string
  organization: string
  token: string
  refs: string[]
  ids: string[]
}

/** Whom the figures of measurements are measured on. */
export interface MeasurementWorld {
  /** One organization, with `gateways`, each of 1,000 sensors. 100 keys of ten partners read it: ten streams each. */
  site: { organization: string; code: string; gateways: GatewaySeed[]; keys: string[] }
  /** One organization, with 50 gateways of 200 sensors each, that the same keys read. */
  busy: { organization: string; gateways: GatewaySeed[] }
  /** A thousand organizations with a gateway of 50 sensors each, and 100 keys of one partner that cover them all. */
  many: { gateways: GatewaySeed[]; keys: string[] }
  /** An organization whose log is replayed, with one gateway, and a key that covers it. */
  replayed: { organization: string; code: string; gateway: GatewaySeed; key: string }
}

const readingPartners = 10
const keysPerPartner = 10

/** Adds them to a migrated database, inside the transaction that seeds the rest. */
export async function seedMeasurements(client: pg.Client, secret: string): Promise<MeasurementWorld> {
  await partner(client, 'Site', 1)
  await partner(client, 'Busy', 1)
  const keys: string[] = []
  for (let nth = 1; nth <= readingPartners; nth += 1) {
    await partner(client, `Reader${nth}`, 0)
    for (const customer of ['Site-1', 'Busy-1']) await connect(client, `Reader${nth}`, customer)
    for (let key = 0; key < keysPerPartner; key += 1) keys.push(await insertKey(client, secret, `Reader${nth}`, 'all'))
  }
  const site = await log(client, 'Site-1')
  const gateways: GatewaySeed[] = []
  for (let nth = 1; nth <= 10; nth += 1) gateways.push(await gateway(client, secret, 'Site-1', site, 1000))

  const busy: MeasurementWorld['busy'] = { organization: 'Busy-1', gateways: [] }
  const series = await log(client, 'Busy-1')
  for (let nth = 1; nth <= 50; nth += 1) busy.gateways.push(await gateway(client, secret, 'Busy-1', series, 200))

  await partner(client, 'Many', 1000)
  const many: MeasurementWorld['many'] = { gateways: [], keys: [] }
  for (let nth = 1; nth <= 1000; nth += 1) {
    const organization = `Many-${nth}`
    many.gateways.push(await gateway(client, secret, organization, await log(client, organization), 50))
  }
  for (let key = 0; key < 100; key += 1) many.keys.push(await insertKey(client, secret, 'Many', 'all'))

  await partner(client, 'Replayed', 1)
  const replayed = await log(client, 'Replayed-1')
  return {
    site: { organization: 'Site-1', code: site.code, gateways, keys },
    busy,
    many,
    replayed: {
      organization: 'Replayed-1',
      code: replayed.code,
      gateway: await gateway(client, secret, 'Replayed-1', replayed, 1000),
      key: await insertKey(client, secret, 'Replayed', 'all'),
    },
  }
}

/** Connects a customer to one more partner, with consent. */
async function connect(client: pg.Client, partnerId: string, customer: string): Promise<void> {
  const id = `${partnerId} ${customer}`
  await client.query('insert into partnership (id, customer_id, partner_id) values ($1, $2, $3)', [id, customer, partnerId])
  await client.query('insert into consent (partnership_id, alarms_since, sensors_since) values ($1, now(), now())', [id])
}

/** Founds an organization's log, as the trigger does that is passed over here. What its sensor ids are made of. */
export async function log(client: pg.Client, organization: string): Promise<{ code: string; count: number }> {
  await client.query('select found_measurement_log($1)', [organization])
  const { rows } = await client.query<{ code: string }>('select code from measurement_log where organization_id = $1', [
    organization,
  ])
  return { code: rows[0]?.code ?? '', count: 0 }
}

/** A gateway with so many sensors of its own. */
export async function gateway(
  client: pg.Client,
  secret: string,
  organization: string,
  series: { code: string; count: number },
  sensors: number,
): Promise<GatewaySeed> {
  const credential = newCredential('gw_', { randomBytes })
  const { hash, secretName } = hashSecret(credential, serverSecrets(secret))
  await client.query(`insert into gateway (id, company_id, name, secret_hash, secret_name) values ($1, $2, 'Bench', $3, $4)`, [
    credential.id,
    organization,
    hash,
    secretName,
  ])
  const refs = sensorRefs(sensors)
  const before = series.count
  const ids = refs.map(() => nextSensorId(series))
  await client.query(
    `insert into sensor (organization_id, id, device_id, changed_offset, json)
     select $1, id, 'device', $3 + n, json_build_object('id', id, 'deviceId', 'device', 'label', id, 'type', 'TEMPERATURE')::text
       from unnest($2::text[]) with ordinality as s (id, n)`,
    [organization, ids, before],
  )
  await client.query(
    `insert into gateway_reference (gateway_id, family, reference, organization_id, object_id)
     select $1, 'sensor', r.ref, $2, r.id from unnest($3::text[], $4::text[]) r (ref, id)`,
    [credential.id, organization, refs, ids],
  )
  await client.query('update measurement_log set sensors = $2 where organization_id = $1', [organization, series.count])
  return { id: credential.id, organization, token: credential.text, refs, ids }
}
