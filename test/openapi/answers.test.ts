import { describe, expect, test } from 'vitest'
import { answerDeviations, checkAnswer, operations, pathOf } from '../support/contract.ts'
import { deviceDataDocument } from '../support/device-data-document.ts'

const limits = { ratelimit: '"changes";r=1;t=1', 'ratelimit-policy': '"changes";q=1;w=60' }
const json = { ...limits, 'content-type': 'application/json; charset=utf-8', etag: '"1"' }
const ndjson = { ...limits, 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' }
const problemJson = { ...limits, 'content-type': 'application/problem+json' }

const device = { inventoryObjectType: 'Device', id: 'd', label: 'UPS', type: 'UPS', gatewayIds: ['g'] }
const location = { inventoryObjectType: 'Location', id: 'l', label: 'Rack', type: 'RACK' }
const alarm = {
  id: 'a',
  deviceId: 'd',
  label: 'On battery',
  message: 'Utility power failed.',
  severity: 'CRITICAL',
  activatedTime: '2026-03-14T09:26:53.589Z',
  alarmReactivationCount: 0,
}

const inventory = (...inventoryObjects: object[]) => answerDeviations('listInventory', 200, json, { inventoryObjects, offset: 1 })
const alarms = (one: object) => answerDeviations('listAlarms', 200, json, { alarms: [one], offset: 1 })

describe('an answer is checked against the document', () => {
  test('every example of the document is an answer as documented', () => {
    const examples = Object.values(deviceDataDocument().paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId, responses }) => ({
        operationId,
        body: Object.values(responses['200']?.content ?? {})[0]?.example,
      })),
    )
    expect(examples).toHaveLength(operations.length)
    for (const { operationId, body } of examples)
      checkAnswer(operationId, 200, typeof body === 'string' ? ndjson : json, body, true)
  })

  test('every example of an error is an answer as documented, of its own status', () => {
    const { responses } = deviceDataDocument().components
    const problemHeaders = { ...problemJson, 'www-authenticate': 'Bearer', 'retry-after': '1' }
    for (const { operationId, statuses } of operations) {
      for (const status of statuses.filter((one) => one >= 400)) {
        const body = Object.values(responses)
          .map(({ content }) => content?.['application/problem+json']?.example as { status: number } | undefined)
          .find((example) => example?.status === status)
        checkAnswer(operationId, status, problemHeaders, body)
      }
    }
  })

  test('a device is checked as a device', () => {
    expect(inventory(device, location)).toEqual([])
    expect(inventory({ ...device, gatewayIds: undefined })).not.toEqual([])
    expect(inventory({ ...device, gatewayIds: ['a,b'] })).not.toEqual([])
    expect(inventory({ ...location, gatewayIds: [] })).not.toEqual([])
    expect(inventory({ ...device, lastServiceDate: '2026-03-14T00:00:00Z' })).not.toEqual([])
  })

  test('a bare inventory object, and one of an unknown kind, are refused', () => {
    expect(inventory({ id: 'x', label: 'x' })).not.toEqual([])
    expect(inventory({ inventoryObjectType: 'InventoryObject', id: 'x', label: 'x' })).not.toEqual([])
  })

  test('a property that the document does not have is refused, also inside', () => {
    expect(inventory({ ...device, colour: 'black' }).join()).toContain('colour')
    const body = { organizations: [{ id: 'o', label: 'O', state: 'valid' }] }
    expect(answerDeviations('listOrganizations', 200, json, body).join()).toContain('state')
  })

  test('null is no value', () => {
    expect(alarms(alarm)).toEqual([])
    expect(alarms({ ...alarm, clearedTime: null })).not.toEqual([])
  })

  test('a severity, a time, a count and an offset are of their kind', () => {
    expect(alarms({ ...alarm, severity: 'MINOR' })).not.toEqual([])
    expect(alarms({ ...alarm, activatedTime: '2026-03-14 09:26' })).not.toEqual([])
    expect(alarms({ ...alarm, alarmReactivationCount: 2 ** 31 })).not.toEqual([])
    expect(answerDeviations('listAlarms', 200, json, { alarms: [], offset: 2 ** 53 })).not.toEqual([])
    expect(answerDeviations('listAlarms', 200, json, { alarms: [], offset: '1' })).not.toEqual([])
  })

  test('a missing header, another media type, an unknown status and text that is no JSON are named', () => {
    const body = { alarms: [], offset: 0 }
    expect(answerDeviations('listAlarms', 200, { ...json, etag: undefined }, body)).toEqual(['The header ETag is missing.'])
    expect(answerDeviations('listAlarms', 200, { ...json, 'content-type': 'text/plain' }, body).join()).toContain('text/plain')
    expect(answerDeviations('listAlarms', 404, problemJson, {}).join()).toContain('404')
    expect(answerDeviations('listAlarms', 200, json, '{"alarms":').join()).toContain('no JSON')
    expect(answerDeviations('listAlarms', 304, json, 'x').join()).toContain('body')
  })

  test('a stream is checked line by line, as far as it was read', () => {
    const live = (...lines: string[]) => answerDeviations('liveMeasurements', 200, ndjson, lines.join('\n'))
    const measurement = { sensorId: 's', timestamp: '2026-03-14T09:26:53.589Z', numericValue: 1 }
    const good = JSON.stringify(measurement)
    expect(live(good, '', good, '{"sensor')).toEqual([])
    expect(answerDeviations('liveMeasurements', 200, ndjson, undefined)).toEqual([])
    const wrong = [
      { ...measurement, stringValue: 'On' },
      { sensorId: 's', timestamp: measurement.timestamp },
      { ...measurement, timestamp: '2026-03-14T09:26:53Z' },
      { ...measurement, timestamp: '2026-03-14T10:26:53.589+01:00' },
      { ...measurement, numericValue: '1' },
      { ...measurement, offset: 'a/b' },
      { ...measurement, unit: '%' },
      { replaySystemMessageType: 'CompletedReplaySystemMessage' },
    ]
    for (const one of wrong) expect(live(good, JSON.stringify(one), '').join('\n')).toMatch(/^line 2: /)
    expect(answerDeviations('liveMeasurements', 200, { ...ndjson, 'content-encoding': undefined }, good).join()).toContain(
      'Encoding',
    )
  })

  test('a whole replay ends with one of its two messages, and has none before', () => {
    const replay = (...lines: string[]) => answerDeviations('replayMeasurements', 200, ndjson, lines.join('\n'), true)
    const measurement = '{"sensorId":"s","timestamp":"2026-03-14T09:26:53.589Z","numericValue":1,"offset":"x"}'
    const message = (kind: string) => JSON.stringify({ replaySystemMessageType: kind, message: 'As written.' })
    const completed = message('CompletedReplaySystemMessage')
    for (const last of [completed, message('RateLimitReachedReplaySystemMessage')])
      expect(replay(measurement, '', last, '')).toEqual([])
    expect(replay(completed, '')).toEqual([])
    expect(replay(measurement, completed)).toContain('The last line has no end.')
    expect(replay(measurement, completed, completed, '')).not.toEqual([])
    expect(replay(measurement, '')).not.toEqual([])
    expect(replay('')).toEqual(['There is no last line.'])
    expect(replay(measurement, message('AnotherReplaySystemMessage'), '')).not.toEqual([])
  })

  test('checkAnswer throws with all of it', () => {
    expect(() => checkAnswer('listAlarms', 200, json, { alarms: [{}] })).toThrow(/listAlarms answered 200:[\s\S]*offset/)
  })

  test('a path is made of its template, with odd characters encoded', () => {
    const listInventory = operations.find(({ operationId }) => operationId === 'listInventory')
    expect(listInventory && pathOf(listInventory, { organizationId: 'a/b' })).toBe('/organizations/a%2Fb/inventory')
  })
})
