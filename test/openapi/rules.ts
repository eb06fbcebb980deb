import type { OpenApiDocument, Schema } from '../support/device-data-document.ts'
import { referenced } from '../support/device-data-document.ts'

/** A schema somewhere in the document, and where it is: `Alarm`, `Alarm.severity`, `Device.allOf[1].gatewayIds[]`. */
interface Place {
  at: string
  schema: Schema
}

/** The places of a document that break a rule; none where it holds. */
export type Rule = (document: OpenApiDocument) => string[]

const dateFields = ['warrantyExpirationDate', 'serviceDueDate', 'lastServiceDate']

/** The rules of the contract's section 3 by which generators make of the document the classes that programs expect. */
export const rules = {
  'ids are plain strings, never of the format uuid': (document) => where(document, ({ schema }) => schema.format === 'uuid'),

  'the type of a device, a location or a sensor is a plain string': (document) =>
    where(document, ({ at, schema }) => at.endsWith('.type') && (schema.type !== 'string' || schema.enum !== undefined)),

  'severity is an enumeration inside Alarm, and the only one': (document) => [
    ...where(document, ({ at, schema }) => (schema.enum !== undefined) !== (at === 'Alarm.severity')),
    ...(document.components.schemas.Alarm?.properties?.severity ? [] : ['Alarm.severity']),
  ],

  'numericValue is a double': (document) => unlessTyped(document, ['numericValue'], 'number', 'double'),

  'offsets of envelopes are int64': (document) =>
    where(
      document,
      ({ at, schema }) => /^\w+Response\.offset$/.test(at) && !(schema.type === 'integer' && schema.format === 'int64'),
    ),

  'alarmReactivationCount is an int32': (document) => unlessTyped(document, ['alarmReactivationCount'], 'integer', 'int32'),

  'times are date-time': (document) =>
    unlessTyped(document, ['activatedTime', 'clearedTime', 'timestamp'], 'string', 'date-time'),

  'dates are date': (document) => unlessTyped(document, dateFields, 'string', 'date'),

  'there is no oneOf and no anyOf': (document) => where(document, ({ schema }) => Boolean(schema.oneOf || schema.anyOf)),

  'nothing is nullable': (document) => where(document, ({ schema }) => schema.nullable !== undefined),

  'a child is allOf its base and an object with at least one property': (document) =>
    where(document, ({ schema }) => schema.allOf !== undefined && !isChild(schema.allOf)),

  'a child derives from a base with a discriminator': (document) =>
    where(document, ({ schema }) => {
      const base = referenced(schema.allOf?.[0]?.$ref ?? '')
      return schema.allOf !== undefined && !document.components.schemas[base]?.discriminator
    }),

  'a discriminator is a required plain string among the properties of its base': (document) =>
    where(document, ({ schema }) => {
      const name = schema.discriminator?.propertyName
      return name !== undefined && !(schema.required?.includes(name) && schema.properties?.[name]?.type === 'string')
    }),

  'the values of a discriminator are the names of its children, all of them': (document) =>
    where(document, ({ at, schema }) => {
      const { mapping } = schema.discriminator ?? {}
      if (!schema.discriminator) return false
      const sameNames = Object.entries(mapping ?? {}).every(([value, reference]) => value === referenced(reference))
      return (
        !sameNames ||
        Object.keys(mapping ?? {})
          .sort()
          .join() !== childrenOf(document, at).sort().join()
      )
    }),

  'arrays and offsets of envelopes are required': (document) =>
    where(document, ({ at, schema }) => {
      const isEnvelope = /^\w+Response$/.test(at)
      const always = Object.entries(schema.properties ?? {}).filter(
        ([name, property]) => property.type === 'array' || name === 'offset',
      )
      return isEnvelope && always.some(([name]) => !schema.required?.includes(name))
    }),

  'every array is required': (document) =>
    where(document, ({ schema }) =>
      Object.entries(schema.properties ?? {}).some(
        ([name, property]) => property.type === 'array' && !schema.required?.includes(name),
      ),
    ),

  'what is required is declared': (document) =>
    where(document, ({ schema }) => (schema.required ?? []).some((name) => !schema.properties?.[name])),
} as const satisfies Record<string, Rule>

function isChild(parts: Schema[]): boolean {
  const [base, own, ...more] = parts
  return base?.$ref !== undefined && own?.type === 'object' && Object.keys(own.properties ?? {}).length > 0 && more.length === 0
}

function childrenOf(document: OpenApiDocument, base: string): string[] {
  return Object.entries(document.components.schemas)
    .filter(([, schema]) => schema.allOf?.some((part) => part.$ref && referenced(part.$ref) === base))
    .map(([name]) => name)
}

/** The fields named so that are of another type, and the names that no schema has. */
function unlessTyped(document: OpenApiDocument, names: string[], type: string, format: string): string[] {
  const fields = placesOf(document).filter(({ at }) => names.includes(lastName(at)))
  const absent = names.filter((name) => !fields.some(({ at }) => lastName(at) === name))
  return [...absent, ...fields.filter(({ schema }) => schema.type !== type || schema.format !== format).map(({ at }) => at)]
}

function lastName(at: string): string {
  return at.slice(at.lastIndexOf('.') + 1)
}

function where(document: OpenApiDocument, broken: (place: Place) => boolean): string[] {
  return placesOf(document)
    .filter(broken)
    .map(({ at }) => at)
}

function placesOf(document: OpenApiDocument): Place[] {
  return Object.entries(document.components.schemas).flatMap(([name, schema]) => within({ at: name, schema }))
}

function within(place: Place): Place[] {
  const { at, schema } = place
  return [
    place,
    ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) => within({ at: `${at}.${name}`, schema: property })),
    ...(schema.items ? within({ at: `${at}[]`, schema: schema.items }) : []),
    ...(schema.allOf ?? []).flatMap((part, i) => within({ at: `${at}.allOf[${i}]`, schema: part })),
  ]
}
