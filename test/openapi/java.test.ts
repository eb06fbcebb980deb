import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensurePackage } from '../support/debian.ts'
import { deviceDataDocument } from '../support/device-data-document.ts'
import { compileJavaClasses, generateJavaClasses, type JavaClasses, readInJava } from './java-classes.ts'

const document = deviceDataDocument()

/** By hand: what programs written against the reference's classes use of them. */
const fields: Record<string, string[]> = {
  InventoryObject: ['String inventoryObjectType', 'String id', 'String label'],
  Organization: ['String address'],
  Location: ['String type', 'String parentId', 'String address'],
  Device: [
    'String type',
    'String parentId',
    'String locationId',
    'List<String> gatewayIds',
    'LocalDate warrantyExpirationDate',
    'LocalDate serviceDueDate',
    'LocalDate lastServiceDate',
    'String deviceNote',
    'String modelName',
    'String serialNumber',
  ],
  Alarm: [
    'String id',
    'String deviceId',
    'String label',
    'String message',
    'SeverityEnum severity',
    'OffsetDateTime activatedTime',
    'OffsetDateTime clearedTime',
    'Integer alarmReactivationCount',
  ],
  Measurement: ['String sensorId', 'OffsetDateTime timestamp', 'Double numericValue', 'String stringValue', 'String offset'],
  AlarmsResponse: ['List<Alarm> alarms', 'Long offset'],
  AlarmChangesResponse: ['List<Alarm> alarms', 'Long offset', 'Boolean resyncRequired'],
  InventoryResponse: ['List<InventoryObject> inventoryObjects', 'Long offset'],
  InventoryChangesResponse: ['List<InventoryObjectChange> inventoryObjectChanges', 'Long offset', 'Boolean resyncRequired'],
  InventoryObjectCreateOrUpdate: ['InventoryObject inventoryObject'],
  InventoryObjectDelete: ['String inventoryObjectId'],
  GetDeviceResponse: ['Device device', 'List<InventoryObject> ancestors'],
  SensorsResponse: ['List<Sensor> sensors', 'Long offset'],
  SensorChangesResponse: ['List<SensorChange> sensorChanges', 'Long offset', 'Boolean resyncRequired'],
  SensorCreateOrUpdate: ['Sensor sensor'],
  SensorDelete: ['String sensorId'],
  Problem: ['Integer status', 'String requestId'],
}

const families: Record<string, [discriminator: string, children: string[]]> = {
  InventoryObject: ['inventoryObjectType', ['Organization', 'Location', 'Device']],
  InventoryObjectChange: ['inventoryObjectChangeType', ['InventoryObjectCreateOrUpdate', 'InventoryObjectDelete']],
  SensorChange: ['sensorChangeType', ['SensorCreateOrUpdate', 'SensorDelete']],
  ReplaySystemMessage: ['replaySystemMessageType', ['CompletedReplaySystemMessage', 'RateLimitReachedReplaySystemMessage']],
}

describe('Java classes generated from the document (contract, section 3)', () => {
  let classes: JavaClasses
  const source = (name: string) => classes.sources.get(name) ?? ''

  beforeAll(async () => {
    const missing = ensurePackage('default-jdk-headless')
    if (missing !== null) throw new Error(missing)
    classes = await generateJavaClasses(document)
    await compileJavaClasses(classes)
  }, 600_000)
  afterAll(() => rm(classes.directory, { recursive: true, force: true }))

  test('there is a class of the name of each schema', () => {
    expect([...classes.sources.keys()]).toEqual(expect.arrayContaining(Object.keys(document.components.schemas)))
  })

  test.each(Object.entries(fields))('%s has fields of the expected types', (name, expected) => {
    const declared = [...source(name).matchAll(/^ {2}(?:private|protected) ([\w<>]+ \w+)(?: = .*)?;$/gm)].map(
      ([, field]) => field,
    )
    expect(declared).toEqual(expect.arrayContaining(expected))
  })

  test.each(Object.entries(families))(
    '%s is told apart by its discriminator, whose values are the names of the classes',
    (base, family) => {
      const [discriminator, children] = family
      expect(source(base)).toMatch(
        new RegExp(`@JsonTypeInfo\\(use = JsonTypeInfo.Id.NAME, .*property = "${discriminator}", visible = true\\)`),
      )
      const types = [...source(base).matchAll(/@JsonSubTypes\.Type\(value = (\w+)\.class, name = "(\w+)"\)/g)].map((match) =>
        match.slice(1),
      )
      expect(types.sort()).toEqual(children.map((child) => [child, child]).sort())
      for (const child of children) expect(source(child)).toContain(`public class ${child} extends ${base} {`)
    },
  )

  test('the severities are an enumeration inside Alarm', () => {
    expect(source('Alarm')).toContain('public enum SeverityEnum {')
    const values = [...source('Alarm').matchAll(/^ {4}([A-Z]+)\("\1"\)[,;]$/gm)].map(([, value]) => value)
    expect(values.join(' ')).toBe('OK INFO WARNING CRITICAL ERROR FAIL INITIALIZE UNKNOWN')
  })

  test('a compiled program reads every example, each object as its class, and loses nothing', async () => {
    const examples = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ responses }): [string, unknown] => {
        const { schema, example } = Object.values(responses['200']?.content ?? {})[0] ?? {}
        return [schema?.$ref?.replace('#/components/schemas/', '') ?? '', example]
      }),
    )
    // Of a stream, the lines: a program looks for a sensorId, and reads what has none as a message.
    const bodies = examples.filter(([, example]) => typeof example === 'object')
    const lines = examples.flatMap(([, example]) => (typeof example === 'string' ? example.trim().split('\n') : []))
    const read = lines.map((line): [string, unknown] => [
      line.includes('"sensorId"') ? 'Measurement' : 'CompletedReplaySystemMessage',
      JSON.parse(line),
    ])
    expect(bodies.length + read.length).toBeGreaterThan(examples.length)
    expect(await readInJava(classes, [...bodies, ...read])).toEqual([...bodies, ...read])
  })

  test('a compiled program meets each child by reading its base, and ignores what it does not know', async () => {
    const device = {
      inventoryObjectType: 'Device',
      id: 'd',
      label: 'UPS',
      type: 'new kind',
      gatewayIds: [],
      serviceDueDate: '2027-01-31',
    }
    const completed = { replaySystemMessageType: 'CompletedReplaySystemMessage', message: 'All sent.' }
    const deleted = { sensorChangeType: 'SensorDelete', sensorId: 's' }
    const read = await readInJava(classes, [
      ['InventoryObject', { ...device, addedLater: { a: 1 } }],
      ['ReplaySystemMessage', completed],
      ['SensorChange', deleted],
      ['Measurement', { sensorId: 's', timestamp: '2026-03-14T09:26:53.589Z', numericValue: 0.1, offset: 'x' }],
    ])
    expect(read).toEqual([
      ['Device', device],
      ['CompletedReplaySystemMessage', completed],
      ['SensorDelete', deleted],
      ['Measurement', { sensorId: 's', timestamp: '2026-03-14T09:26:53.589Z', numericValue: 0.1, offset: 'x' }],
    ])
  })
})
