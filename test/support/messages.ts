import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { managementDocument } from '../../src/api/management-api.ts'
import type { Received } from './receiver.ts'

type Schema = { [Name in 'allOf' | 'type' | 'properties' | 'items']?: unknown } & Record<string, unknown>

/** Schemas that others build upon: they stay open. */
const bases = ['InventoryObject', 'OrganizationChange']

/** What is wrong with requests that receivers got, by the document of the management API: bodies closed, so that a misspelt member is found. */
export async function wrongMessages(received: readonly Received[]): Promise<string[]> {
  const { components, webhooks } = (await managementDocument()) as {
    components: { schemas: Record<string, Schema> }
    webhooks: Record<
      string,
      { post: { parameters: { name: string }[]; requestBody: { content: { 'application/json': { schema: Schema } } } } }
    >
  }
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  const schemas = Object.entries(components.schemas).map(([name, schema]) => [
    name,
    bases.includes(name) ? schema : closed(schema),
  ])
  ajv.addSchema({ $id: 'document', components: { schemas: Object.fromEntries(schemas) } })
  // Those that the server made: tests plant others.
  const made = received.filter(({ headers }) => String(headers['webhook-id']).startsWith('msg_'))
  return made.flatMap(({ text, headers }) => {
    const body = JSON.parse(text)
    const kind = Array.isArray(body) ? 'alarms' : body.type
    const post = webhooks[kind]?.post
    if (post === undefined) return [`${kind} is not in the document`]
    const missing = post.parameters
      .filter(({ name }) => headers[name] === undefined)
      .map(({ name }) => `${kind} has no header ${name}`)
    const { $ref } = post.requestBody.content['application/json'].schema
    const check = ajv.getSchema(`document${$ref}`)
    if (check === undefined) return [`${$ref} is not in the document`]
    return check(body) ? missing : [...missing, `${kind}: ${ajv.errorsText(check.errors)}: ${text}`]
  })
}

function closed(schema: Schema): Schema {
  if (schema.allOf !== undefined) return { ...schema, unevaluatedProperties: false }
  if (schema.items !== undefined) return { ...schema, items: closed(schema.items as Schema) }
  if (schema.properties === undefined) return schema
  const properties = Object.entries(schema.properties as Record<string, Schema>).map(([name, one]) => [name, closed(one)])
  return { ...schema, properties: Object.fromEntries(properties), additionalProperties: false }
}
