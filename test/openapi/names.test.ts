import { describe, expect, test } from 'vitest'
import { operations } from '../support/contract.ts'
import { deviceDataDocument, type Parameter, referenced, type Schema } from '../support/device-data-document.ts'

/** By hand, from the contract's section 1. */
const promisedOperations = `
  listOrganizations organization GET /organizations
  getOrganizationChangesAfterOffset organization GET /organization-changes/{offset}
  listInventory inventory GET /organizations/{organizationId}/inventory
  getInventoryChangesAfterOffset inventory GET /organizations/{organizationId}/inventory-changes/{offset}
  getDevice inventory GET /organizations/{organizationId}/inventory/{deviceId}
  listAlarms alarms GET /organizations/{organizationId}/alarms
  getAlarmChangesAfterOffset alarms GET /organizations/{organizationId}/alarm-changes/{offset}
  listSensors sensors GET /organizations/{organizationId}/sensors
  getSensorChangesAfterOffset sensors GET /organizations/{organizationId}/sensor-changes/{offset}
  liveMeasurements measurements GET /organizations/{organizationId}/measurements/live
  simulatedLiveMeasurements measurements GET /organizations/{organizationId}/measurements/live-simulator
  replayMeasurements measurements GET /organizations/{organizationId}/measurements/replay`

/** By hand, from section 1 (`seed` is ours): a parameter with `?` may be left out, and is then what follows. */
const promisedQueries: Record<string, string[]> = {
  simulatedLiveMeasurements: ['measurementsPerSecond? 1 of 1..10000', 'sensorCount? 10 of 1..100000', 'seed? 1 of 0..2147483647'],
  replayMeasurements: ['fromOffset', 'toOffset'],
}

/** By hand, from the contract's sections 3 and 4, and RFC 9457 for Problem: a property with `?` may be left out, `[]` is an array. */
const promisedSchemas: Record<string, string> = {
  Alarm: 'activatedTime alarmReactivationCount clearedTime? deviceId id label message severity',
  AlarmChangesResponse: 'alarms[] offset resyncRequired?',
  AlarmsResponse: 'alarms[] offset',
  CompletedReplaySystemMessage: 'message? replaySystemMessageType',
  Device:
    'deviceNote? firmwareVersion? gatewayIds[] id inventoryObjectType ipAddress? label lastServiceDate? locationId? macAddress? ' +
    'manufacturer? modelName? parentId? serialNumber? serviceDueDate? type warrantyExpirationDate?',
  GetDeviceResponse: 'ancestors[] device',
  InventoryChangesResponse: 'inventoryObjectChanges[] offset resyncRequired?',
  InventoryObject: 'id inventoryObjectType label',
  InventoryObjectChange: 'inventoryObjectChangeType',
  InventoryObjectCreateOrUpdate: 'inventoryObject inventoryObjectChangeType',
  InventoryObjectDelete: 'inventoryObjectChangeType inventoryObjectId',
  InventoryResponse: 'inventoryObjects[] offset',
  Location: 'address? id inventoryObjectType label parentId? type',
  Measurement: 'numericValue? offset? sensorId stringValue? timestamp',
  Organization: 'address? id inventoryObjectType label',
  OrganizationChange: 'changedTime covered kinds[] label? organizationId reason',
  OrganizationChangesResponse: 'offset organizationChanges[] resyncRequired?',
  OrganizationsResponse: 'organizations[]',
  Problem: 'detail requestId status title type',
  RateLimitReachedReplaySystemMessage: 'message? replaySystemMessageType',
  ReplaySystemMessage: 'replaySystemMessageType',
  Sensor: 'deviceId id label type unit?',
  SensorChange: 'sensorChangeType',
  SensorChangesResponse: 'offset resyncRequired? sensorChanges[]',
  SensorCreateOrUpdate: 'sensor sensorChangeType',
  SensorDelete: 'sensorChangeType sensorId',
  SensorsResponse: 'offset sensors[]',
}

const document = deviceDataDocument()

describe('the document names what the contract names', () => {
  test('the operations, their tags and their paths are those of section 1', () => {
    const documented = operations.map(({ operationId, tag, method, path }) => `${operationId} ${tag} ${method} ${path}`)
    expect(documented).toEqual(promisedOperations.trim().split(/\n\s*/))
  })

  test('the schemas and their properties are those of sections 3 and 4', () => {
    const documented = Object.keys(document.components.schemas).map((name) => [name, propertiesOf(name).sort().join(' ')])
    expect(Object.fromEntries(documented)).toEqual(promisedSchemas)
  })

  test('an organization of the list has an id and a label, and nothing else', () => {
    const entry = document.components.schemas.OrganizationsResponse?.properties?.organizations?.items
    expect(Object.keys(entry?.properties ?? {})).toEqual(['id', 'label'])
    expect(entry?.required).toEqual(['id', 'label'])
  })

  test('the severities are those of section 3', () => {
    const severities = 'OK INFO WARNING CRITICAL ERROR FAIL INITIALIZE UNKNOWN'
    expect(document.components.schemas.Alarm?.properties?.severity?.enum?.join(' ')).toBe(severities)
  })

  test('each operation knows the statuses of section 2 that it can answer', () => {
    const documented = Object.fromEntries(operations.map(({ operationId, statuses }) => [operationId, statuses.join(' ')]))
    const list = '200 304 401 403 429 500 503'
    const changes = '200 400 401 403 429 500 503'
    const stream = '200 401 403 406 429 500 503'
    const streamOfParameters = '200 400 401 403 406 429 500 503'
    expect(documented).toEqual({
      listOrganizations: '200 401 429 500 503',
      getOrganizationChangesAfterOffset: '200 400 401 429 500 503',
      listInventory: list,
      getInventoryChangesAfterOffset: changes,
      getDevice: '200 401 403 404 429 500 503',
      listAlarms: list,
      getAlarmChangesAfterOffset: changes,
      listSensors: list,
      getSensorChangesAfterOffset: changes,
      liveMeasurements: stream,
      simulatedLiveMeasurements: streamOfParameters,
      replayMeasurements: streamOfParameters,
    })
  })

  test('the queries are those of section 1', () => {
    const documented = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId, parameters = [] }): [string, string[]] => [
        operationId,
        parameters.filter((one) => one.in === 'query').map(queried),
      ]),
    )
    expect(Object.fromEntries(documented.filter(([, queries]) => queries.length > 0))).toEqual(promisedQueries)
  })

  test('streams are lines of measurements, and a replay ends with a message of its own (section 5)', () => {
    const contents = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId, responses }): [string, object | undefined] => [
        operationId,
        responses['200']?.content?.['application/x-ndjson'],
      ]),
    )
    const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` })
    const live = { schema: reference('Measurement'), example: expect.any(String) }
    expect(Object.fromEntries(contents.filter(([, content]) => content))).toEqual({
      liveMeasurements: live,
      simulatedLiveMeasurements: live,
      replayMeasurements: { ...live, 'x-last-line': reference('ReplaySystemMessage') },
    })
  })

  test('it is an OpenAPI 3.0 document whose paths follow /rest/v1, for bearer keys', () => {
    expect(document.openapi).toMatch(/^3\.0\.\d$/)
    expect(document.servers).toEqual([{ url: '/rest/v1' }])
    const [scheme = ''] = Object.keys(document.security?.[0] ?? {})
    expect(document.components.securitySchemes[scheme]).toMatchObject({ type: 'http', scheme: 'bearer' })
  })
})

function queried({ name, required, schema }: Parameter): string {
  const { default: fallback, minimum, maximum } = schema ?? {}
  return required ? `${name}` : `${name}? ${fallback} of ${minimum}..${maximum}`
}

function propertiesOf(name: string): string[] {
  const { allOf, ...own } = document.components.schemas[name] ?? {}
  const parts: Schema[] = allOf ?? [own]
  return parts.flatMap((part) => (part.$ref ? propertiesOf(referenced(part.$ref)) : marked(part)))
}

function marked(schema: Schema): string[] {
  return Object.entries(schema.properties ?? {}).map(
    ([name, { type }]) => `${name}${type === 'array' ? '[]' : ''}${schema.required?.includes(name) ? '' : '?'}`,
  )
}
