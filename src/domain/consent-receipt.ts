import { z } from 'zod'
import { actHead } from './act.ts'
import { dataKinds } from './partnership.ts'
import { instant } from './text.ts'

export const consentEvent = z.enum(['given', 'changed', 'withdrawn', 'expired'])

const told = {
  id: z.string(),
  event: consentEvent,
  at: instant,
  customer: z.object({ id: z.string(), name: z.string() }),
  partner: z.object({ id: z.string(), name: z.string(), partnerId: z.string() }),
  by: z
    .string()
    .optional()
    .describe('The name of the person who did it. Absent: its date came, the vendor did it, or the person was erased.'),
  kinds: dataKinds,
  endsAt: instant.optional().describe('The first moment at which it does not hold. Absent: it holds until it is withdrawn.'),
}

export const listedReceipt = z.object(told).meta({ id: 'ListedReceipt', description: 'What became of a consent.' })
export type ListedReceipt = z.infer<typeof listedReceipt>

export const consentReceipt = z
  .object({
    ...told,
    consentId: z.string(),
    text: z
      .object({
        version: z.string(),
        label: z.string(),
        sees: z.array(z.string()).describe('What the partner can read, of the kinds that are shared.'),
        closed: z.array(z.string()).describe('What stays closed.'),
        withdrawal: z.string(),
      })
      .optional()
      .describe('The words that were agreed to. Absent: consent was given before versions of them were kept.'),
    act: z.int().describe('The number of the act that the record has of it.'),
    head: actHead,
  })
  .meta({
    id: 'ConsentReceipt',
    description:
      'What became of a consent, with the signed head of the record up to it: `assent audit verify --head` takes it as a file.',
  })
export type ConsentReceipt = z.infer<typeof consentReceipt>
