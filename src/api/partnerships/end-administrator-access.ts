import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { administratorAccessEndedMail } from '../../email/administrator-access-ended.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { endAdministratorAccess as endGrant } from '../../store/administrator-grants.ts'
import { partnerOf } from '../../store/partnerships.ts'
import { access } from '../access.ts'
import { tellPartner } from './tell-partner.ts'

export const endAdministratorAccess = managementOperation({
  operationId: 'endAdministratorAccess',
  method: 'DELETE',
  path: '/partnerships/{partnershipId}/administrator-access',
  tag: 'partnerships',
  summary: "End the partner's administrator access, with effect at once",
  description: 'What was done by it stays. Not granted, nothing changes.',
  access: access.endAdministratorAccess,
  params: z.object({ partnershipId: givenId }),
  answer: { status: 204 },
  problems: ['not-found'],
  handle: async ({ context, caller, params }) => {
    const partnership = idFrom<string>(params.partnershipId)
    await context.db.transaction('request', caller.actor, async (tx) => {
      const ended = await endGrant(tx, caller.company.id, partnership)
      if (ended === null) throw problem('not-found')
      if (!ended) return
      const partnerCompanyId = await partnerOf(tx, partnership)
      await tellPartner(context, tx, administratorAccessEndedMail, { customerId: caller.company.id, partnerCompanyId })
    })
    return undefined
  },
})
