import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { administratorAccess } from '../../domain/partnership.ts'
import { givenId } from '../../domain/text.ts'
import { administratorAccessGrantedMail } from '../../email/administrator-access-granted.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { grantAdministratorAccess as insertGrant } from '../../store/administrator-grants.ts'
import { partnerOf } from '../../store/partnerships.ts'
import { access } from '../access.ts'
import { tellPartner } from './tell-partner.ts'

export const grantAdministratorAccess = managementOperation({
  operationId: 'grantAdministratorAccess',
  method: 'PUT',
  path: '/partnerships/{partnershipId}/administrator-access',
  tag: 'partnerships',
  summary: "Let the partner's administrators act for the customer",
  description:
    'They may then use the operations that take the header Assent-Company: those on gateways, and reading the subscription. It shares no device ' +
    'data, and ends with the connection at the latest. Granted already, it stays as it is.',
  access: access.grantAdministratorAccess,
  params: z.object({ partnershipId: givenId }),
  answer: { status: 200, schema: administratorAccess },
  problems: ['not-found'],
  handle: async ({ context, caller, params }) =>
    context.db.transaction('request', caller.actor, async (tx) => {
      const partnership = idFrom<string>(params.partnershipId)
      const granted = await insertGrant(tx, caller.company.id, partnership, caller.personId)
      if (granted === null) throw problem('not-found')
      if (granted.isNew) {
        const partnerCompanyId = await partnerOf(tx, partnership)
        await tellPartner(context, tx, administratorAccessGrantedMail, { customerId: caller.company.id, partnerCompanyId })
      }
      return granted.access
    }),
})
