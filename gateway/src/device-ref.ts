import type { NutServer } from './config.ts'

/** What a UPS is called towards the ingest API. */
export function deviceRefOf(server: NutServer, upsName: string): string {
  return `nut/${server.name}/${upsName}`
}
