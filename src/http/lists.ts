import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Sql } from 'sql-template-tag'
import { idFrom, type OrganizationId } from '../domain/ids.ts'
import type { Family, ListRow } from '../store/feeds.ts'
import { deviceDataOperation, type Registration } from './device-data.ts'
import { acceptsGzip, jsonType } from './json.ts'
import { gzipped, ListBodies, type ListBody } from './list-bodies.ts'

interface ListOperation {
  operationId: string
  family: Family
  path: string
  /** The property that holds the items: `inventoryObjects`, … */
  property: string
  select(organization: OrganizationId): Sql
}

/** What need not be read again: the body that this process keeps, and the versions that the client has in this encoding. */
interface Known {
  kept: ListBody | undefined
  zipped: boolean
  /** Whether the client has this version. */
  has(version: string): boolean
}

/**
 * An operation that lists a family. The version comes from the same statement as the right to it; the items are read, by another such
 * statement, only where neither this process nor the client has that version.
 */
export function listOperation(operation: ListOperation): Registration {
  return (server, context) => {
    const bodies = new ListBodies()
    deviceDataOperation<ListRow, Known>({
      operationId: operation.operationId,
      path: operation.path,
      limit: 'list',
      check: (request) => known(request, bodies),
      glance: {
        family: operation.family,
        list: true,
        enough: (row, { checked }) => checked.has(versionOf(row)) || checked.kept?.version === versionOf(row),
      },
      question: ({ organization }) => operation.select(organization),
      covered: 'head',
      answer: async (row, { reply, organization, checked, access }, rows) => {
        const version = versionOf(row)
        reply.headers({ etag: tagOf(version, checked.zipped), vary: 'Accept-Encoding', 'cache-control': 'private, no-cache' })
        if (checked.has(version)) return reply.code(304).send()

        const kept = checked.kept?.version === version ? checked.kept : null
        const body = kept ?? { version, objects: countOf(rows), plain: bodyOf(operation.property, rows) }
        if (kept === null) bodies.set(organization, body)
        access.objects = body.objects
        return sendBody(reply, body, checked.zipped)
      },
    })(server, context)
  }
}

function known(request: FastifyRequest, bodies: ListBodies): Known {
  const { organizationId = '' } = request.params as { organizationId?: string }
  const zipped = acceptsGzip(request.headers['accept-encoding'])
  const header = request.headers['if-none-match'] ?? ''
  const kept = bodies.get(idFrom(organizationId))
  // A weak comparison, as If-None-Match asks for (RFC 9110, section 13.1.2): W/ before a tag does not count.
  const ending = zipped ? 'gzip' : 'plain'
  const had = [...header.matchAll(/"([0-9.-]+)\.(gzip|plain)"/g)]
    .filter((tag) => tag[2] === ending)
    .map((tag) => tag[1] as string)
  return {
    kept,
    zipped,
    has: (version) => header.trim() === '*' || had.includes(version),
  }
}

/**
 * The list's text as bytes, written piece by piece into the one buffer: a text of the whole, on the way there, would be megabytes for V8's
 * collector.
 */
function bodyOf(property: string, pieces: readonly ListRow[]): Buffer {
  const texts = pieces.flatMap(({ items }, n) => (items ? [n === 0 ? items : `,${items}`] : []))
  const parts = [`{"${property}":[`, ...texts, `],"offset":${pieces[0]?.head}}`]
  const body = Buffer.allocUnsafeSlow(parts.reduce((bytes, part) => bytes + Buffer.byteLength(part), 0))
  let written = 0
  for (const part of parts) written += body.write(part, written)
  return body
}

function countOf(pieces: readonly ListRow[]): number {
  return pieces.reduce((count, piece) => count + (piece.count ?? 0), 0)
}

/** What the content of an organization's list of one family depends on. */
function versionOf(row: ListRow): string {
  return row.oldestCleared ? `${row.head}-${row.oldestCleared}` : String(row.head)
}

/** A strong tag, another one for each encoding: what it names is the same to the byte. */
function tagOf(version: string, zipped: boolean): string {
  return `"${version}.${zipped ? 'gzip' : 'plain'}"`
}

async function sendBody(reply: FastifyReply, body: ListBody, zipped: boolean): Promise<FastifyReply> {
  reply.header('content-type', jsonType)
  return zipped ? reply.header('content-encoding', 'gzip').send(await gzipped(body)) : reply.send(body.plain)
}
