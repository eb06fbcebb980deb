import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { key, overlapDaysMax } from '../../domain/key.ts'
import { givenId } from '../../domain/text.ts'
import { keyRotated } from '../../email/key-rotated.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { createSuccessor, keyOf, lockKey } from '../../store/keys.ts'
import { access } from '../access.ts'
import { tellAdministrators } from '../notices.ts'
import { newKeySecret } from './key-secret.ts'

export const rotateKey = managementOperation({
  operationId: 'rotateKey',
  method: 'POST',
  path: '/keys/{keyId}/successor',
  tag: 'keys',
  summary: 'Replace a key by a new one with the same settings',
  description:
    'The old one ends after the overlap, or at its own end where that comes first. The new one has its name, customers, networks and end: for more, generate a new key.',
  access: access.rotateKey,
  params: z.object({ keyId: givenId }),
  body: z.strictObject({
    overlapDays: z
      .int()
      .min(0)
      .max(overlapDaysMax)
      .describe('For how long both are accepted; 0: the old one is refused at once.'),
  }),
  answer: {
    status: 201,
    schema: z.object({ key, secret: z.string().describe('The new key itself. Shown this once: it cannot be retrieved.') }),
  },
  problems: ['not-found', 'key-not-rotated'],
  handle: async ({ context, caller, params, body: { overlapDays } }) =>
    context.db.transaction('request', caller.actor, async (tx) => {
      const id = idFrom(params.keyId)
      const present = await lockKey(tx, caller.company.id, id)
      if (present === null) throw problem('not-found')
      if (!present.valid || present.replaced) throw problem('key-not-rotated')
      const { secret, stored } = newKeySecret(context, present.kind)
      await createSuccessor(tx, id, { ...stored, createdBy: caller.personId, overlapDays })
      const made = await keyOf(tx, caller.company.id, stored.id)
      if (made === null) throw new Error('a key was made and is not there')
      await tellAdministrators(context, tx, caller, keyRotated, made.name)
      return { key: made, secret }
    }),
})
