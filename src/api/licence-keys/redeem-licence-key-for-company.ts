import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { licenceKeyText } from '../../domain/licence-key.ts'
import { subscription } from '../../domain/subscription.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { lockCompany } from '../../store/companies.ts'
import { access } from '../access.ts'
import { redeemed } from './redeemed.ts'

export const redeemLicenceKeyForCompany = managementOperation({
  operationId: 'redeemLicenceKeyForCompany',
  method: 'POST',
  path: '/companies/{companyId}/licence-key',
  tag: 'licence keys',
  summary: 'Redeem a licence key for a customer',
  description:
    'As the customer would. Adds a paid period behind the present one and all that follow it; where there is none, from now on.',
  access: access.redeemLicenceKeyForCompany,
  params: z.object({ companyId: givenId }),
  body: z.strictObject({ licenceKey: licenceKeyText }),
  answer: { status: 201, schema: subscription },
  problems: ['not-found', 'not-a-customer', 'licence-key-refused', 'licence-key-used'],
  handle: async ({ context, caller, params, body }) =>
    context.db.transaction('request', caller.actor, async (tx) => {
      const id = idFrom<string>(params.companyId)
      const kind = await lockCompany(tx, id)
      if (kind === null) throw problem('not-found')
      if (kind !== 'customer') throw problem('not-a-customer')
      return redeemed(context, tx, id, body.licenceKey)
    }),
})
