import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { consent } from '../../domain/partnership.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { giveConsent as insertConsent } from '../../store/consents.ts'
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
  description: 'Consent to the same kinds again changes nothing; to other kinds, the old one is withdrawn and a new one made.',
  access: access.giveConsent,
  params: z.object({ partnershipId: givenId }),
  body: z.strictObject({ kinds: kinds.optional().describe('Absent: those of the present consent, else all.') }),
  answer: { status: 200, schema: consent },
  problems: ['not-found'],
  handle: async ({ context, caller, params, body }) => {
    const given = await context.db.transaction('request', caller.actor, (tx) =>
      insertConsent(tx, caller.company.id, idFrom(params.partnershipId), body.kinds, caller.personId),
    )
    if (given === null) throw problem('not-found')
    return given
  },
})
