import createClient, { type Client, type ClientOptions } from 'openapi-fetch'
import type * as deviceData from './generated/device-data.ts'
import type * as ingest from './generated/ingest.ts'
import type * as management from './generated/management.ts'

/** Where the server is, and how the caller shows who it is. */
export interface ClientSettings {
  /** The server's address, such as https://portal.example.com; empty: the page's own (in a browser). */
  baseUrl?: string
  /** A key, access token or gateway token; without: a browser's session. */
  token?: string
  /** In place of the global fetch. */
  fetch?: ClientOptions['fetch']
}

/** What the management API's answers hold: `ManagementSchemas['Key']`. */
export type ManagementSchemas = management.components['schemas']
/** What the device-data API's answers hold: `DeviceDataSchemas['Alarm']`. */
export type DeviceDataSchemas = deviceData.components['schemas']
/** What the ingest API takes and answers: `IngestSchemas['Batch']`. */
export type IngestSchemas = ingest.components['schemas']

export type ManagementClient = Client<management.paths>
export type DeviceDataClient = Client<deviceData.paths>
export type IngestClient = Client<ingest.paths>

/** A client of the management API: with an access token, or with the session of the browser that it runs in. */
export function createManagementClient(settings: ClientSettings = {}): ManagementClient {
  return createClient<management.paths>(optionsOf(settings))
}

/** A client of the device-data API, with a key. */
export function createDeviceDataClient(settings: ClientSettings): DeviceDataClient {
  return createClient<deviceData.paths>({ ...optionsOf(settings), baseUrl: `${settings.baseUrl ?? ''}/rest/v1` })
}

/** A client of the ingest API, with a gateway's token. */
export function createIngestClient(settings: ClientSettings): IngestClient {
  return createClient<ingest.paths>(optionsOf(settings))
}

function optionsOf({ baseUrl = '', token, fetch }: ClientSettings): ClientOptions {
  return {
    baseUrl,
    ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
    ...(fetch === undefined ? {} : { fetch }),
  }
}
