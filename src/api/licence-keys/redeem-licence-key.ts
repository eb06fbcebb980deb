import { z } from 'zod'
import { licenceKeyText } from '../../domain/licence-key.ts'
import { subscription } from '../../domain/subscription.ts'
import { managementOperation } from '../../http/management.ts'
import { lockCompany } from '../../store/companies.ts'
import { access } from '../access.ts'
import { redeemed } from './redeemed.ts'

export const redeemLicenceKey = managementOperation({
  operationId: 'redeemLicenceKey',
  method: 'POST',
  path: '/subscription/licence-key',
  tag: 'licence keys',
  summary: 'Redeem a licence key',
  description: 'Adds a paid period behind the present one and all that follow it; where there is none, from now on.',
  access: access.redeemLicenceKey,
  body: z.strictObject({ licenceKey: licenceKeyText }),
  answer: { status: 201, schema: subscription },
  problems: ['licence-key-refused', 'licence-key-used'],
  handle: async ({ context, caller, body }) =>
    context.db.transaction('request', caller.actor, async (tx) => {
      await lockCompany(tx, caller.company.id)
      return redeemed(context, tx, caller.company.id, body.licenceKey)
    }),
})
