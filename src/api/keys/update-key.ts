import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { key, keyKind, keyName, keyOrganizationsMax } from '../../domain/key.ts'
import { givenNetworks } from '../../domain/network.ts'
import { givenId, givenInstant } from '../../domain/text.ts'
import { keyDisabled } from '../../email/key-disabled.ts'
import { keyEnabled } from '../../email/key-enabled.ts'
import { keyNarrowed } from '../../email/key-narrowed.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { keyOf, lockKey, updateKey as setKey } from '../../store/keys.ts'
import { access } from '../access.ts'
import { tellAdministrators } from '../notices.ts'
import { narrowKey } from './narrow-key.ts'

const narrowing = {
  expiresAt: givenInstant.nullable().optional().describe('Earlier than the present one; null: it does not expire, as it is.'),
  networks: givenNetworks.nullable().optional().describe('Each within one of the present ones; null: any, as it is.'),
  kind: keyKind.optional().describe('specific, with organizationIds, makes a key for all customers one for these.'),
  organizationIds: z
    .array(givenId)
    .min(1)
    .max(keyOrganizationsMax)
    .optional()
    .describe('Of kind specific: a part of the present set. With a change to it: connected customers.'),
}
export type Narrowing = z.output<z.ZodObject<typeof narrowing>>

export const updateKey = managementOperation({
  operationId: 'updateKey',
  method: 'PATCH',
  path: '/keys/{keyId}',
  tag: 'keys',
  summary: 'Rename, disable, enable or narrow a key',
  description:
    'What is absent stays. Narrowing is fewer customers, an earlier end, fewer networks. A key is never widened: for more, generate a new one.',
  access: access.updateKey,
  params: z.object({ keyId: givenId }),
  body: z.strictObject({ name: keyName.optional(), enabled: z.boolean().optional(), ...narrowing }),
  answer: { status: 200, schema: key },
  problems: ['not-found', 'key-widened', 'key-reported', 'customer-not-connected'],
  handle: async ({ context, caller, params, body: { name, enabled, ...wanted } }) =>
    context.db.transaction('request', caller.actor, async (tx) => {
      const id = idFrom(params.keyId)
      const present = await lockKey(tx, caller.company.id, id)
      if (present === null) throw problem('not-found')
      if (enabled === true && present.reportedAt !== null) throw problem('key-reported')
      const narrowed = await narrowKey(tx, { ...present, id, company: caller.company.id }, wanted)
      await setKey(tx, id, { name, enabled })
      const changed = await keyOf(tx, caller.company.id, id)
      if (changed === null) throw problem('not-found')
      if (narrowed) await tellAdministrators(context, tx, caller, keyNarrowed, changed.name)
      if (changed.enabled !== present.enabled) {
        await tellAdministrators(context, tx, caller, changed.enabled ? keyEnabled : keyDisabled, changed.name)
      }
      return changed
    }),
})
