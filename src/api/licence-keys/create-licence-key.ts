import { z } from 'zod'
import { newCredential } from '../../domain/credential.ts'
import { licenceKey, newLicenceKey } from '../../domain/licence-key.ts'
import { hashSecret } from '../../domain/server-secrets.ts'
import { managementOperation } from '../../http/management.ts'
import { createLicenceKey as insertLicenceKey, licenceKeys } from '../../store/licence-keys.ts'
import { access } from '../access.ts'

export const createLicenceKey = managementOperation({
  operationId: 'createLicenceKey',
  method: 'POST',
  path: '/licence-keys',
  tag: 'licence keys',
  summary: 'Make a licence key',
  access: access.createLicenceKey,
  body: newLicenceKey,
  answer: { status: 201, schema: z.object({ licenceKey, secret: z.string().describe('Shown this once.') }) },
  handle: async ({ context, caller, body }) => {
    const credential = newCredential('lk_', context.clock)
    const { hash, secretName } = hashSecret(credential, context.secrets)
    return context.db.transaction('request', caller.actor, async (tx) => {
      const { days, note } = body
      await insertLicenceKey(tx, { id: credential.id, days, note, secretHash: hash, secretName, createdBy: caller.personId })
      const [made] = await licenceKeys(tx, credential.id)
      if (made === undefined) throw new Error('a licence key was made and is not there')
      return { licenceKey: made, secret: credential.text }
    })
  },
})
