import { z } from 'zod'
import { listedReceipt } from '../../domain/consent-receipt.ts'
import { managementOperation } from '../../http/management.ts'
import { receiptsOf } from '../../store/consent-receipts.ts'
import { access } from '../access.ts'

export const listConsentReceipts = managementOperation({
  operationId: 'listConsentReceipts',
  method: 'GET',
  path: '/consent-receipts',
  tag: 'consents',
  summary: 'What became of consents',
  description: 'The newest 200, of a customer or of its partner; also of connections that have ended.',
  access: access.listConsentReceipts,
  answer: { status: 200, schema: z.object({ receipts: z.array(listedReceipt) }) },
  handle: async ({ context, caller }) => ({ receipts: await receiptsOf(context.db.request, caller.company.id) }),
})
