import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** A schema of an OpenAPI 3.0 document, as far as the device-data document goes. */
export interface Schema {
  $ref?: string
  title?: string
  description?: string
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean'
  format?: string
  pattern?: string
  enum?: string[]
  minimum?: number
  maximum?: number
  default?: number
  nullable?: boolean
  required?: string[]
  properties?: Record<string, Schema>
  items?: Schema
  allOf?: Schema[]
  oneOf?: Schema[]
  anyOf?: Schema[]
  discriminator?: { propertyName: string; mapping?: Record<string, string> }
  example?: unknown
}

export interface MediaType {
  schema: Schema
  /** Of a stream of lines: what the last one is, where that is something else. */
  'x-last-line'?: { $ref: string }
  example?: unknown
}

export type Parameter = { $ref?: string } & Partial<{ name: string; in: string; required: boolean; schema: Schema }>

export interface Answer {
  $ref?: string
  description?: string
  headers?: Record<string, { $ref: string }>
  content?: Record<string, MediaType>
}

export interface DocumentedOperation {
  operationId: string
  tags: string[]
  summary?: string
  description?: string
  parameters?: Parameter[]
  responses: Record<string, Answer>
}

/** An OpenAPI 3.0 document, as far as the device-data document goes. */
export interface OpenApiDocument {
  openapi: string
  info: { title: string; version: string; description?: string }
  servers?: { url: string }[]
  security?: Record<string, string[]>[]
  paths: Record<string, Record<string, DocumentedOperation>>
  components: {
    schemas: Record<string, Schema>
    responses: Record<string, Answer>
    headers: Record<string, { schema: Schema }>
    parameters: Record<string, { name: string; in: string; required: boolean; schema: Schema }>
    securitySchemes: Record<string, { type: string; scheme: string }>
  }
}

/** A new copy of openapi/device-data.yaml: the caller may change it. */
export function deviceDataDocument(): OpenApiDocument {
  return parse(readFileSync(new URL('../../openapi/device-data.yaml', import.meta.url), 'utf8')) as OpenApiDocument
}

/** The last part of a local reference, such as `Device` of `#/components/schemas/Device`. */
export function referenced(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1)
}
