import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { noteAnswers } from '../http/access-record.ts'
import { answerOtherPaths } from '../http/device-data.ts'
import { referencePage } from '../http/reference.ts'
import { getAlarmChangesAfterOffset } from './alarms/get-alarm-changes-after-offset.ts'
import { listAlarms } from './alarms/list-alarms.ts'
import { getDevice } from './inventory/get-device.ts'
import { getInventoryChangesAfterOffset } from './inventory/get-inventory-changes-after-offset.ts'
import { listInventory } from './inventory/list-inventory.ts'
import { liveMeasurements } from './measurements/live-measurements.ts'
import { replayMeasurements } from './measurements/replay-measurements.ts'
import { simulatedLiveMeasurements } from './measurements/simulated-live-measurements.ts'
import { getOrganizationChangesAfterOffset } from './organizations/get-organization-changes-after-offset.ts'
import { listOrganizations } from './organizations/list-organizations.ts'
import { getSensorChangesAfterOffset } from './sensors/get-sensor-changes-after-offset.ts'
import { listSensors } from './sensors/list-sensors.ts'

const operations = [
  listOrganizations,
  getOrganizationChangesAfterOffset,
  listInventory,
  getInventoryChangesAfterOffset,
  getDevice,
  listAlarms,
  getAlarmChangesAfterOffset,
  listSensors,
  getSensorChangesAfterOffset,
  liveMeasurements,
  simulatedLiveMeasurements,
  replayMeasurements,
]

const documentFile = join(import.meta.dirname, '../../openapi/device-data.yaml')

/** The device-data API (docs/contract.md): its operations under /rest/v1, its document, and the page that shows it. */
export function deviceDataApi(server: FastifyInstance, context: Context): void {
  server.register(
    async (v1) => {
      noteAnswers(v1, context.accesses)
      answerOtherPaths(v1, context)
      for (const register of operations) register(v1, context)
    },
    { prefix: '/rest/v1' },
  )

  let document: Promise<string> | undefined
  server.get('/rest/openapi.json', async (_, reply) => {
    document ??= documentText().catch((error) => {
      document = undefined
      throw error
    })
    return reply
      .type('application/json; charset=utf-8')
      .header('access-control-allow-origin', '*')
      .send(await document)
  })
  referencePage(server, '/rest/', '/rest/openapi.json', 'Device-data API')
}

/** What reads YAML is loaded when somebody first asks for the document: a server that nobody asks does without. */
async function documentText(): Promise<string> {
  const { parse } = await import('yaml')
  return JSON.stringify(parse(await readFile(documentFile, 'utf8')))
}
