import { z } from 'zod'
import { giveReceipts } from '../../consent-receipts.ts'
import { companyName } from '../../domain/company.ts'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { companyClosed } from '../../email/company-closed.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { queueMails } from '../../mail.ts'
import { closedDays, closeCompany as endCompany } from '../../store/closing.ts'
import { companyById, lockCompany } from '../../store/companies.ts'
import { administratorsOf } from '../../store/members.ts'
import { access } from '../access.ts'
import { whoActs } from '../notices.ts'

export const closeCompany = managementOperation({
  operationId: 'closeCompany',
  method: 'PUT',
  path: '/companies/{companyId}/closing',
  tag: 'companies',
  summary: 'Close a company',
  description:
    'Its consents, connections, keys, gateways, subscriptions, sessions and access tokens end with the answer. Its data and the accounts of its ' +
    'people are deleted after 30 days; until then the vendor may take it back. Its administrators close their own company, the vendor any.',
  access: access.closeCompany,
  params: z.object({ companyId: givenId }),
  body: z.strictObject({ name: companyName.describe("The company's name, typed again.") }),
  answer: { status: 204 },
  problems: ['not-found', 'name-not-repeated'],
  handle: async ({ context, caller, params, body }) => {
    const id = idFrom<string>(params.companyId)
    if (caller.company.kind !== 'vendor' && caller.company.id !== id) throw problem('not-found')
    // Sessions and mails of the company end with it, which no request may write.
    return context.db.transaction('system', caller.actor, async (tx) => {
      const kind = await lockCompany(tx, id)
      const company = kind === null || kind === 'vendor' ? null : await companyById(tx, id)
      if (company === null) throw problem('not-found')
      if (company.name !== body.name) throw problem('name-not-repeated')
      const facts = { company: company.name, by: whoActs(caller), at: context.clock.now().toISOString(), days: closedDays }
      const told = company.closedAt === undefined ? await administratorsOf(tx, id) : []
      const events = await endCompany(tx, id)
      await queueMails(context, tx, companyClosed, told, { companyId: null, facts })
      await giveReceipts(context, tx, events, caller.personId)
      return undefined
    })
  },
})
