import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { key, keyKind, keyName, keyOrganizationsMax } from '../../domain/key.ts'
import { givenNetworks } from '../../domain/network.ts'
import { givenId, givenInstant } from '../../domain/text.ts'
import { keyGenerated } from '../../email/key-generated.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { addKeyOrganizations, createKey as insertKey, keyOf } from '../../store/keys.ts'
import { access } from '../access.ts'
import { tellAdministrators } from '../notices.ts'
import { newKeySecret } from './key-secret.ts'

/** Which kinds each kind of company may generate (contract, section 7). */
const kindsOf: Record<string, readonly string[]> = { partner: ['demo', 'all', 'specific'], customer: ['own', 'demo'] }

export const createKey = managementOperation({
  operationId: 'createKey',
  method: 'POST',
  path: '/keys',
  tag: 'keys',
  summary: 'Generate a key',
  description: 'A partner: demo, all (its valid customers, later ones too) or specific (a set of them). A customer: own or demo.',
  access: access.createKey,
  body: z.strictObject({
    name: keyName,
    kind: keyKind,
    organizationIds: z
      .array(givenId)
      .min(1)
      .max(keyOrganizationsMax)
      .optional()
      .describe('Of kind specific: connected customers.'),
    expiresAt: givenInstant.optional().describe('Absent: it does not expire.'),
    networks: givenNetworks.optional().describe('The only networks (CIDR) from which it is accepted. Absent: any.'),
  }),
  answer: {
    status: 201,
    schema: z.object({ key, secret: z.string().describe('The key itself. Shown this once: it cannot be retrieved.') }),
  },
  problems: ['customer-not-connected'],
  handle: async ({ context, caller, body }) => {
    const { kind, name, expiresAt, networks } = body
    const kinds = kindsOf[caller.company.kind] ?? []
    if (!kinds.includes(kind))
      throw problem('request-malformed', { detail: `body.kind: a ${caller.company.kind} generates ${kinds.join(' or ')} keys` })
    if ((kind === 'specific') !== (body.organizationIds !== undefined)) {
      throw problem('request-malformed', {
        detail: 'body.organizationIds: to be given with the kind specific, and with no other',
      })
    }
    if (expiresAt !== undefined && new Date(expiresAt) <= context.clock.now()) {
      throw problem('request-malformed', { detail: 'body.expiresAt: is past' })
    }
    const organizations = [...new Set((body.organizationIds ?? []).map((id) => idFrom<string>(id)))]
    const { secret, stored } = newKeySecret(context, kind)

    return context.db.transaction('request', caller.actor, async (tx) => {
      const row = { ...stored, kind, name, expiresAt, networks, createdBy: caller.personId }
      await insertKey(tx, caller.company.id, row)
      const added = await addKeyOrganizations(tx, caller.company.id, stored.id, organizations)
      if (added.length < organizations.length) {
        // Not connected and not there look the same (I4).
        throw problem('customer-not-connected', {
          extension: { organizationIds: organizations.filter((id) => !added.includes(id)) },
        })
      }
      const made = await keyOf(tx, caller.company.id, stored.id)
      if (made === null) throw new Error('a key was made and is not there')
      await tellAdministrators(context, tx, caller, keyGenerated, name)
      return { key: made, secret }
    })
  },
})
