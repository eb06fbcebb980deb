import { z } from 'zod'
import type { Context } from '../../context.ts'
import { idFrom, type OrganizationId } from '../../domain/ids.ts'
import { inventoryTree } from '../../domain/site.ts'
import { givenId } from '../../domain/text.ts'
import { acceptsGzip, jsonType } from '../../http/json.ts'
import { gzipped, ListBodies } from '../../http/list-bodies.ts'
import { managementOperation } from '../../http/management.ts'
import { inventoryTreeOf, inventoryVersion } from '../../store/inventory-tree.ts'
import { access } from '../access.ts'
import { askerOf, notCovered } from '../devices/asker.ts'

export const getInventoryTree = managementOperation({
  operationId: 'getInventoryTree',
  method: 'GET',
  path: '/organizations/{organizationId}/inventory-tree',
  tag: 'inventory',
  summary: 'All locations and devices, with what they stand in',
  description:
    'Whole, and compressed where gzip is accepted: 10,000 devices are some 400 kB. With the version of the one that is there in If-None-Match ("42.0"), 304 where nothing has changed.',
  access: access.getInventoryTree,
  params: z.object({ organizationId: givenId }),
  answer: { status: 200, schema: inventoryTree },
  problems: ['not-covered'],
  handle: async ({ context, caller, params, request, reply }) => {
    const asker = askerOf(caller)
    const organization = idFrom<OrganizationId>(params.organizationId)
    const version = await inventoryVersion(context.db.request, asker, organization)
    if (version === null) throw notCovered()
    const had = [...(request.headers['if-none-match'] ?? '').matchAll(/"([\d.]+)"/g)].map(([, one]) => one)
    // Weak: the same inventory, plain or compressed.
    if (had.includes(version)) return reply.code(304).header('etag', `W/"${version}"`).send()

    let body = bodiesOf(context).get(organization)
    if (body?.version !== version) {
      const tree = await inventoryTreeOf(context.db.request, asker, organization)
      if (tree === null) throw notCovered()
      const objects = tree.locations.length + tree.devices.length
      body = { version: tree.version, objects, plain: Buffer.from(JSON.stringify(tree)) }
      bodiesOf(context).set(organization, body)
    }
    if (request.access !== null) request.access.objects = body.objects
    reply.headers({ etag: `W/"${body.version}"`, vary: 'Accept-Encoding', 'content-type': jsonType })
    if (!acceptsGzip(request.headers['accept-encoding'])) return reply.send(body.plain)
    return reply.header('content-encoding', 'gzip').send(await gzipped(body))
  },
})

const kept = new WeakMap<Context, ListBodies>()

/** The latest bodies of a server: each depends on organization and offset alone, and the right to it was asked of the database (I1). */
function bodiesOf(context: Context): ListBodies {
  const there = kept.get(context) ?? new ListBodies()
  kept.set(context, there)
  return there
}
