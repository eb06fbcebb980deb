import { type CutLine, startCutLine } from './cut-line.ts'
import { Connections, Door, type Reply } from './door.ts'
import { endWithin } from './own-process.ts'
import type { Engine } from './server.ts'
import { newPlace, type ServerProcess, startServerProcess } from './server-process.ts'

const triesMax = 4_000

/**
 * A customer whose gateway reports measurements, on a server that is stopped, killed and started anew, behind a line that can be cut.
 * Measurements are numbers from 0 on: each has a time of its own, and its sensor.
 */
export interface MeasuredSite {
  /** Where readers ask. */
  line: CutLine
  organization: string
  /** A partner's, to whom the customer consents. */
  key: string
  withdrawConsent(): Promise<void>
  giveConsent(): Promise<void>
  /** Reports the measurements from `first` on, under the same id until there is an answer: then they are acknowledged. */
  report(first: number, count: number): Promise<void>
  /** Which measurement that is. Throws where it is none of those that were reported here. */
  numberOf(measurement: { sensorId: string; timestamp: string }): number
  /** Stops the server (SIGTERM) or kills it (SIGKILL), and starts it anew. */
  restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  close(): Promise<void>
}

/** With `program`, that in place of the server's own. */
export async function newMeasuredSite(engine: Engine, sensorCount: number, program?: string[]): Promise<MeasuredSite> {
  const place = await newPlace(engine)
  const start = () =>
    startServerProcess([...place.flags, '--log-level', 'error', '--rate-limit-factor', '1000000'], place.env, program)
  let server: ServerProcess = await start()
  const line = await startCutLine(server.url)
  const lines = new Connections(8)
  const door = new Door(server.url, place.dataDir)
  const partner = await door.partner('Reader')
  const customer = await door.customer('Measured', partner)
  const consent = `/partnerships/${customer.partnershipId}/consent`
  const { token } = await door.gateway(customer.portal)
  const key = (await door.key(partner.portal, 'all')).secret
  const refs = Array.from({ length: sensorCount }, (_, index) => `s${index}`)
  const devices = [{ ref: 'ups', type: 'UPS', label: 'UPS' }]
  const sensors = refs.map((ref) => ({ ref, deviceRef: 'ups', label: ref, type: 'LOAD', unit: '%' }))
  const stored = await lines.batch(server.url, token, {
    batchId: 'devices',
    inventory: { full: true, locations: [], devices },
    sensors: { full: true, sensors },
  })
  if (stored.status !== 200) throw new Error(`The sensors were answered ${stored.status}: ${stored.text}`)
  const { text } = await lines.get(`${server.url}/rest/v1/organizations/${customer.id}/sensors`, key)
  const ids = (JSON.parse(text) as { sensors: { id: string; label: string }[] }).sensors
  const placeOf = new Map(ids.map(({ id, label }) => [id, refs.indexOf(label)]))
  const begin = Math.floor(Date.now() / 1000) * 1000 - 24 * 3600 * 1000

  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' }
  return {
    line,
    organization: customer.id,
    key,
    withdrawConsent: () => customer.portal.send('DELETE', consent),
    giveConsent: () => customer.portal.send('PUT', consent, {}),
    report: async (first, count) => {
      let body = ''
      for (let number = first; number < first + count; number += 1) {
        const timestamp = new Date(begin + number).toISOString()
        body += `{"sensorRef":"${refs[number % sensorCount]}","timestamp":"${timestamp}","numericValue":${number / 10}}\n`
      }
      for (let tries = 1; ; tries += 1) {
        const url = `${server.url}/ingest/v1/measurements?batchId=n${first}`
        const reply = await lines.send('POST', url, headers, Buffer.from(body)).catch((): Reply | null => null)
        if (reply?.status === 200) {
          const { accepted } = JSON.parse(reply.text) as { accepted: number }
          if (accepted !== count) throw new Error(`Of ${count} measurements ${accepted} were accepted: ${reply.text}`)
          return
        }
        if (reply && ![429, 503].includes(reply.status)) throw new Error(`A report was answered ${reply.status}: ${reply.text}`)
        if (tries > triesMax) throw new Error('A report was never taken.')
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    numberOf: ({ sensorId, timestamp }) => {
      const number = Date.parse(timestamp) - begin
      if (placeOf.get(sensorId) === number % sensorCount) return number
      throw new Error(`Nobody reported a measurement of ${sensorId} at ${timestamp}.`)
    },
    restart: async (signal) => {
      server.signal(signal)
      if (signal === 'SIGTERM') await endWithin(server)
      else await server.ended
      line.leadTo(null)
      server = await start()
      line.leadTo(server.url)
    },
    close: async () => {
      lines.close()
      await line.close()
      server.signal('SIGTERM')
      await endWithin(server)
      await place.remove()
    },
  }
}
