import { Readable } from 'node:stream'
import { z } from 'zod'
import type { ConsentReceipt } from '../../domain/consent-receipt.ts'
import { givenId } from '../../domain/text.ts'
import { consentFacts } from '../../email/consent-words.ts'
import { momentInWords } from '../../email/moments.ts'
import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'
import { wholeReceipt } from './whole-receipt.ts'

export const printConsentReceipt = managementOperation({
  operationId: 'printConsentReceipt',
  method: 'GET',
  path: '/consent-receipts/{receiptId}/text',
  tag: 'consents',
  summary: 'A consent receipt as text, to print',
  access: access.printConsentReceipt,
  params: z.object({ receiptId: givenId }),
  answer: { status: 200, file: 'text/plain' },
  problems: ['not-found'],
  handle: async ({ context, caller, params, reply }) => {
    const receipt = await wholeReceipt(context, caller.company.id, params.receiptId)
    reply.header('content-disposition', 'inline; filename="consent-receipt.txt"')
    return Readable.from([receiptText(receipt, context.config.portalName)])
  },
})

const titles: Record<ConsentReceipt['event'], string> = {
  given: 'Consent was given',
  changed: 'Consent was changed',
  withdrawn: 'Consent was withdrawn',
  expired: 'Consent has expired',
}

function receiptText(receipt: ConsentReceipt, portal: string): string {
  const { id, event, at, customer, partner, by, kinds, endsAt, text, consentId, act, head } = receipt
  const facts = [
    ['Customer', `${customer.name} (${customer.id})`],
    ['Partner', `${partner.name} (${partner.partnerId})`],
    ...consentFacts(kinds, endsAt ?? null),
    ...(by === undefined ? [] : [['By', by]]),
    ['When', momentInWords(at)],
    ['Consent', consentId],
    ['Receipt', id],
    ['Act of the record', String(act)],
  ]
  const words =
    text === undefined
      ? []
      : [
          `What was agreed to (version ${text.version})`,
          `[x] ${text.label}`,
          [`What ${partner.name} can read:`, ...text.sees.map((line) => `- ${line}`)].join('\n'),
          ['What stays closed:', ...text.closed.map((line) => `- ${line}`)].join('\n'),
          text.withdrawal,
        ]
  const proof = [
    `Head of the record of acts, signed at ${head.at}`,
    `act ${head.seq}`,
    `digest ${head.digest}`,
    `signature ${head.signature}`,
    `public key ${head.publicKey}`,
  ].join('\n')
  const parts = [
    `${portal}: consent receipt`,
    titles[event],
    facts.map(([name, value]) => `${name}: ${value}`).join('\n'),
    ...words,
    proof,
  ]
  return `${parts.join('\n\n')}\n`
}
