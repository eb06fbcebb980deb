import { z } from 'zod'
import { licenceKey } from '../../domain/licence-key.ts'
import { managementOperation } from '../../http/management.ts'
import { licenceKeys } from '../../store/licence-keys.ts'
import { access } from '../access.ts'

export const listLicenceKeys = managementOperation({
  operationId: 'listLicenceKeys',
  method: 'GET',
  path: '/licence-keys',
  tag: 'licence keys',
  summary: 'Licence keys',
  description: 'The newest 1,000, redeemed and withdrawn ones too.',
  access: access.listLicenceKeys,
  answer: { status: 200, schema: z.object({ licenceKeys: z.array(licenceKey) }) },
  handle: async ({ context }) => ({ licenceKeys: await licenceKeys(context.db.request) }),
})
