import { describe, expect, test } from 'vitest'
import { deviceDataDocument, type OpenApiDocument, type Schema } from '../support/device-data-document.ts'
import { type Rule, rules } from './rules.ts'

const schema = (document: OpenApiDocument, name: string): Schema => document.components.schemas[name] ?? {}

/** For each rule a document that breaks it, and the place that the rule has to name. */
const faults: Record<keyof typeof rules, [(document: OpenApiDocument) => void, string]> = {
  'ids are plain strings, never of the format uuid': [
    (document) => {
      schema(document, 'Alarm').properties = { ...schema(document, 'Alarm').properties, id: { type: 'string', format: 'uuid' } }
    },
    'Alarm.id',
  ],
  'the type of a device, a location or a sensor is a plain string': [
    (document) => Object.assign(schema(document, 'Sensor').properties?.type ?? {}, { enum: ['TEMPERATURE'] }),
    'Sensor.type',
  ],
  'severity is an enumeration inside Alarm, and the only one': [
    (document) => {
      document.components.schemas.Severity = { type: 'string', enum: ['OK'] }
      schema(document, 'Alarm').properties = { severity: { $ref: '#/components/schemas/Severity' } }
    },
    'Alarm.severity',
  ],
  'numericValue is a double': [
    (document) => Object.assign(schema(document, 'Measurement').properties?.numericValue ?? {}, { format: 'float' }),
    'Measurement.numericValue',
  ],
  'offsets of envelopes are int64': [
    (document) => Object.assign(schema(document, 'AlarmsResponse').properties?.offset ?? {}, { format: 'int32' }),
    'AlarmsResponse.offset',
  ],
  'alarmReactivationCount is an int32': [
    (document) => Object.assign(schema(document, 'Alarm').properties?.alarmReactivationCount ?? {}, { format: 'int64' }),
    'Alarm.alarmReactivationCount',
  ],
  'times are date-time': [
    (document) => Object.assign(schema(document, 'Alarm').properties?.clearedTime ?? {}, { format: undefined }),
    'Alarm.clearedTime',
  ],
  'dates are date': [
    (document) =>
      Object.assign(schema(document, 'Device').allOf?.[1]?.properties?.lastServiceDate ?? {}, { format: 'date-time' }),
    'Device.allOf[1].lastServiceDate',
  ],
  'there is no oneOf and no anyOf': [
    (document) => Object.assign(schema(document, 'InventoryObject'), { oneOf: [{ $ref: '#/components/schemas/Device' }] }),
    'InventoryObject',
  ],
  'nothing is nullable': [
    (document) => Object.assign(schema(document, 'Alarm').properties?.clearedTime ?? {}, { nullable: true }),
    'Alarm.clearedTime',
  ],
  'a child is allOf its base and an object with at least one property': [
    (document) => Object.assign(schema(document, 'CompletedReplaySystemMessage').allOf?.[1] ?? {}, { properties: {} }),
    'CompletedReplaySystemMessage',
  ],
  'a child derives from a base with a discriminator': [
    (document) => Object.assign(schema(document, 'SensorDelete').allOf?.[0] ?? {}, { $ref: '#/components/schemas/Sensor' }),
    'SensorDelete',
  ],
  'a discriminator is a required plain string among the properties of its base': [
    (document) => Object.assign(schema(document, 'SensorChange'), { properties: {} }),
    'SensorChange',
  ],
  'the values of a discriminator are the names of its children, all of them': [
    (document) =>
      Object.assign(schema(document, 'InventoryObject').discriminator ?? {}, {
        mapping: { DEVICE: '#/components/schemas/Device' },
      }),
    'InventoryObject',
  ],
  'arrays and offsets of envelopes are required': [
    (document) => Object.assign(schema(document, 'SensorsResponse'), { required: ['sensors'] }),
    'SensorsResponse',
  ],
  'every array is required': [
    (document) => Object.assign(schema(document, 'Device').allOf?.[1] ?? {}, { required: ['type'] }),
    'Device.allOf[1]',
  ],
  'what is required is declared': [(document) => schema(document, 'Alarm').required?.push('text'), 'Alarm'],
}

describe('the document keeps the rules for generators (contract, section 3)', () => {
  test.each(Object.entries<Rule>(rules))('%s', (name, offenders) => {
    expect(offenders(deviceDataDocument())).toEqual([])

    const [breakIt, place] = faults[name as keyof typeof rules]
    const broken = deviceDataDocument()
    breakIt(broken)
    expect(offenders(broken)).toContain(place)
  })
})
