import { type OpenApiDocument, referenced, type Schema } from './device-data-document.ts'

/** JSON Schema, as ajv takes it. */
export type JsonSchema = Record<string, unknown>

/**
 * The document's schemas as JSON Schema by which to check answers of our own, so stricter than what a client must accept:
 * objects are closed (clients ignore unknown properties, so a misspelt one would go unnoticed), a base with a discriminator stands
 * for its children and nothing else, and offsets stay below 2^53.
 */
export function closedSchemas(document: OpenApiDocument): Record<string, JsonSchema> {
  const { schemas } = document.components
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, closedNamed(name, schema, schemas)]))
}

function closedNamed(name: string, schema: Schema, schemas: Record<string, Schema>): JsonSchema {
  if (schema.discriminator) return oneOfChildren(schema.discriminator)
  if (!schema.allOf) return closed(schema)

  const parts = schema.allOf.map((part) => (part.$ref ? schemaNamed(referenced(part.$ref), schemas) : part))
  const whole = closed({
    type: 'object',
    required: parts.flatMap((part) => part.required ?? []),
    properties: Object.assign({}, ...parts.map((part) => part.properties ?? {})),
  })
  const properties = whole.properties as Record<string, JsonSchema>
  for (const { discriminator } of parts) {
    if (discriminator) properties[discriminator.propertyName] = { const: name }
  }
  return whole
}

function oneOfChildren({ propertyName, mapping = {} }: NonNullable<Schema['discriminator']>): JsonSchema {
  return {
    type: 'object',
    required: [propertyName],
    discriminator: { propertyName },
    oneOf: Object.values(mapping).map((reference) => ({ $ref: `#/$defs/${referenced(reference)}` })),
  }
}

function closed(schema: Schema): JsonSchema {
  if (schema.$ref) return { $ref: `#/$defs/${referenced(schema.$ref)}` }
  if (schema.type === 'array') return { type: 'array', items: closed(schema.items ?? {}) }
  if (schema.type === 'object') {
    const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => [name, closed(property)])
    return {
      type: 'object',
      required: [...new Set(schema.required ?? [])],
      properties: Object.fromEntries(properties),
      additionalProperties: false,
    }
  }
  const { type, format, pattern, minimum } = schema
  const maximum = format === 'int64' ? Number.MAX_SAFE_INTEGER : schema.maximum
  const known = { type, format, pattern, enum: schema.enum, minimum, maximum }
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined))
}

function schemaNamed(name: string, schemas: Record<string, Schema>): Schema {
  const schema = schemas[name]
  if (!schema) throw new Error(`openapi/device-data.yaml has no schema ${name}.`)
  return schema
}
