import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { key, keyName, keyOrganizationsMax } from '../../domain/key.ts'
import { givenId, givenInstant } from '../../domain/text.ts'
import { keyDisabled } from '../../email/key-disabled.ts'
import { keyEnabled } from '../../email/key-enabled.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { keepKeyOrganizations, keyOf, lockKey, updateKey as setKey } from '../../store/keys.ts'
import { access } from '../access.ts'
import { tellAdministrators } from '../notices.ts'

export const updateKey = managementOperation({
  operationId: 'updateKey',
  method: 'PATCH',
  path: '/keys/{keyId}',
  tag: 'keys',
  summary: 'Rename, disable, enable or narrow a key',
  description: 'What is absent stays. A key is never widened: for more, generate a new one.',
  access: access.updateKey,
  params: z.object({ keyId: givenId }),
  body: z.strictObject({
    name: keyName.optional(),
    enabled: z.boolean().optional(),
    expiresAt: givenInstant.optional().describe('Earlier than the present one.'),
    organizationIds: z
      .array(givenId)
      .min(1)
      .max(keyOrganizationsMax)
      .optional()
      .describe('Of kind specific: a part of the present set.'),
  }),
  answer: { status: 200, schema: key },
  problems: ['not-found', 'key-widened'],
  handle: async ({ context, caller, params, body }) =>
    context.db.transaction('request', caller.actor, async (tx) => {
      const id = idFrom(params.keyId)
      const present = await lockKey(tx, caller.company.id, id)
      if (present === null) throw problem('not-found')
      if (body.expiresAt !== undefined && present.expiresAt !== null && new Date(body.expiresAt) > new Date(present.expiresAt)) {
        throw problem('key-widened', {
          detail: `This key expires at ${present.expiresAt}. To read for longer, generate a new key.`,
        })
      }
      if (body.organizationIds !== undefined) {
        if (present.kind !== 'specific') {
          throw problem('request-malformed', { detail: 'body.organizationIds: only a key for specific customers has a set' })
        }
        if (body.organizationIds.some((organization) => !present.organizationIds.includes(organization))) {
          throw problem('key-widened', {
            detail: "These customers are not all in the key's set. To read more customers, generate a new key.",
          })
        }
        await keepKeyOrganizations(tx, id, body.organizationIds)
      }
      await setKey(tx, id, body)
      const changed = await keyOf(tx, caller.company.id, id)
      if (changed === null) throw problem('not-found')
      if (changed.enabled !== present.enabled) {
        await tellAdministrators(context, tx, caller, changed.enabled ? keyEnabled : keyDisabled, changed.name)
      }
      return changed
    }),
})
