import { z } from 'zod'
import { consentReceipt } from '../../domain/consent-receipt.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'
import { wholeReceipt } from './whole-receipt.ts'

export const getConsentReceipt = managementOperation({
  operationId: 'getConsentReceipt',
  method: 'GET',
  path: '/consent-receipts/{receiptId}',
  tag: 'consents',
  summary: 'A consent receipt',
  description:
    'What became of a consent: what, who, when, the words agreed to, and the signed head of the record with that act in it.',
  access: access.getConsentReceipt,
  params: z.object({ receiptId: givenId }),
  answer: { status: 200, schema: consentReceipt },
  problems: ['not-found'],
  handle: async ({ context, caller, params }) => wholeReceipt(context, caller.company.id, params.receiptId),
})
