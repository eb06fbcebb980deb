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
  select(organization: OrganizationId, known: readonly string[]): Sql
}

/** What need not be read again: the body that this process keeps, and the versions that the client has in this encoding. */
interface Known {
  kept: ListBody | undefined
  zipped: boolean
  has(version: string): boolean
  versions: string[]
}

/**
 * An operation that lists a family. The version comes from the same statement as the right to it; the items are read only where
 * neither this process nor the client has them.
 */
export function listOperation(operation: ListOperation): Registration {
  return (server, context) => {
    const bodies = new ListBodies()
    deviceDataOperation<ListRow, Known>({
      operationId: operation.operationId,
      path: operation.path,
      limit: 'list',
      check: (request) => known(request, bodies),
      question: ({ organization, checked }) => operation.select(organization, checked.versions),
      covered: 'version',
      answer: async (row, { reply, organization, checked }) => {
        reply.headers({ etag: tagOf(row.version, checked.zipped), vary: 'Accept-Encoding', 'cache-control': 'private, no-cache' })
        if (checked.has(row.version)) return reply.code(304).send()

        if (checked.kept?.version === row.version) return sendBody(reply, checked.kept, checked.zipped)
        const plain = Buffer.from(`{"${operation.property}":[${row.items}],"offset":${row.offset}}`)
        const body = { version: row.version, plain }
        bodies.set(organization, body)
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
  const had = [...header.matchAll(/"([0-9.-]+)\.(gzip|plain)"/g)].filter((tag) => tag[2] === ending).map((tag) => tag[1] as string)
  return {
    kept,
    zipped,
    has: (version) => header.trim() === '*' || had.includes(version),
    versions: kept ? [...had, kept.version] : had,
  }
}

/** A strong tag, another one for each encoding: what it names is the same to the byte. */
function tagOf(version: string, zipped: boolean): string {
  return `"${version}.${zipped ? 'gzip' : 'plain'}"`
}

async function sendBody(reply: FastifyReply, body: ListBody, zipped: boolean): Promise<FastifyReply> {
  reply.header('content-type', jsonType)
  return zipped ? reply.header('content-encoding', 'gzip').send(await gzipped(body)) : reply.send(body.plain)
}
