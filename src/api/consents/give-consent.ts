import { z } from 'zod'
import { giveReceipts } from '../../consent-receipts.ts'
import { consentTexts, presentConsentText } from '../../domain/consent-text.ts'
import { idFrom } from '../../domain/ids.ts'
import { consent } from '../../domain/partnership.ts'
import { givenId, givenInstant } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { giveConsent as putConsent } from '../../store/consents.ts'
import { access } from '../access.ts'

const kinds = z
  .strictObject({ inventory: z.boolean(), alarms: z.boolean(), sensors: z.boolean() })
  .refine((given) => given.inventory || given.alarms || given.sensors, 'shares nothing: withdraw the consent instead')

export const giveConsent = managementOperation({
  operationId: 'giveConsent',
  method: 'PUT',
  path: '/partnerships/{partnershipId}/consent',
  tag: 'consents',
  summary: 'Let the partner read device data',
  description:
    'Both sides get a receipt by mail. Where consent stands, its limits are changed: what it shares no longer ends with the answer, and what it shares anew is shared from then on. ' +
    'To the same limits again nothing changes. With endsAt it ends by the clock alone.',
  access: access.giveConsent,
  params: z.object({ partnershipId: givenId }),
  body: z.strictObject({
    kinds: kinds.optional().describe('Absent: those of the present consent, else all.'),
    endsAt: givenInstant
      .nullable()
      .optional()
      .describe(
        'The first moment at which it does not hold; null: until it is withdrawn. Absent: as in the present consent, else until it is withdrawn.',
      ),
    textVersion: z
      .enum(consentTexts.map(({ version }) => version))
      .optional()
      .describe('Which version of the words was agreed to. Absent: the present one.'),
  }),
  answer: { status: 200, schema: consent },
  problems: ['not-found'],
  handle: async ({ context, caller, params, body }) => {
    const { kinds, endsAt, textVersion = presentConsentText.version } = body
    if (endsAt && new Date(endsAt) <= context.clock.now()) throw problem('request-malformed', { detail: 'body.endsAt: is past' })
    return context.db.transaction('request', caller.actor, async (tx) => {
      const { company, personId } = caller
      const done = await putConsent(tx, company.id, idFrom(params.partnershipId), { kinds, endsAt, textVersion }, personId)
      if (done === null) throw problem('not-found')
      await giveReceipts(context, tx, done.events, personId)
      return done.consent
    })
  },
})
