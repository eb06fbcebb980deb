import { Readable } from 'node:stream'
import { z } from 'zod'
import { readerLanguage } from '../../auth/reader-language.ts'
import type { ConsentReceipt } from '../../domain/consent-receipt.ts'
import { commonLanguage } from '../../domain/language.ts'
import { givenId } from '../../domain/text.ts'
import type { PrintedReceipt } from '../../email/printed-receipt.ts'
import { printedReceiptIn } from '../../email/translations.ts'
import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'
import { wholeReceipt } from './whole-receipt.ts'

export const printConsentReceipt = managementOperation({
  operationId: 'printConsentReceipt',
  method: 'GET',
  path: '/consent-receipts/{receiptId}/text',
  tag: 'consents',
  summary: 'A consent receipt as text, to print',
  description:
    'In the language of the portal in this browser, else of the browser; what was agreed to is repeated in English, as the receipt has it.',
  access: access.printConsentReceipt,
  params: z.object({ receiptId: givenId }),
  answer: { status: 200, file: 'text/plain' },
  problems: ['not-found'],
  handle: async ({ context, caller, params, request, reply }) => {
    const receipt = await wholeReceipt(context, caller.company.id, params.receiptId)
    reply.header('content-disposition', 'inline; filename="consent-receipt.txt"')
    const words = printedReceiptIn(readerLanguage(request) ?? commonLanguage)
    return Readable.from([receiptText(receipt, context.config.portalName, words)])
  },
})

/** What was agreed to stands as it was, in English, and so does what is signed; around it are the reader's words. */
function receiptText(receipt: ConsentReceipt, portal: string, words: PrintedReceipt): string {
  const { event, partner, text, head } = receipt
  const agreed =
    text === undefined
      ? []
      : [
          words.agreed(text.version),
          `[x] ${text.label}`,
          [words.reads(partner.name), ...text.sees.map((line) => `- ${line}`)].join('\n'),
          [words.closed, ...text.closed.map((line) => `- ${line}`)].join('\n'),
          text.withdrawal,
        ]
  const proof = [
    words.head(head.at),
    `act ${head.seq}`,
    `digest ${head.digest}`,
    `signature ${head.signature}`,
    `public key ${head.publicKey}`,
  ].join('\n')
  const facts = words.facts(receipt).map(([name, value]) => `${name}: ${value}`)
  const parts = [`${portal}: ${words.title}`, words.events[event], facts.join('\n'), ...agreed, proof]
  return `${parts.join('\n\n')}\n`
}
