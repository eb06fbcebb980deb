import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { connectedCustomer } from '../../domain/partnership.ts'
import { givenId } from '../../domain/text.ts'
import { consentRequestedMail } from '../../email/consent-requested.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { queueMails } from '../../mail.ts'
import { companyById } from '../../store/companies.ts'
import { addConsentRequest, askAgainAfterDays, customerToAsk } from '../../store/consent-requests.ts'
import { customersOf } from '../../store/customers.ts'
import { administratorsOf } from '../../store/members.ts'
import { access } from '../access.ts'
import { whoActs } from '../notices.ts'

const linkDays = 30
const dayMs = 24 * 60 * 60 * 1000

export const requestConsent = managementOperation({
  operationId: 'requestConsent',
  method: 'POST',
  path: '/customers/{organizationId}/consent-request',
  tag: 'customers',
  summary: 'Ask a customer for consent',
  description: `Mails its administrators a link to the checkbox. Once in ${askAgainAfterDays} days, and not where there is consent.`,
  access: access.requestConsent,
  params: z.object({ organizationId: givenId }),
  answer: { status: 201, schema: connectedCustomer },
  problems: ['not-found', 'consent-not-asked'],
  handle: async ({ context, caller, params }) =>
    context.db.transaction('request', caller.actor, async (tx) => {
      const organization = idFrom(params.organizationId)
      const { id } = caller.company
      const asked = await customerToAsk(tx, id, organization)
      if (asked === null) throw problem('not-found')
      if (!asked.reasons.some((reason) => reason.includes('consent'))) {
        throw problem('consent-not-asked', { detail: 'This customer has given its consent.' })
      }
      if (asked.againAt !== null) {
        throw problem('consent-not-asked', {
          detail: `This customer was asked within the last ${askAgainAfterDays} days. It can be asked again from ${asked.againAt} on.`,
        })
      }
      const administrators = await administratorsOf(tx, organization)
      if (administrators.length === 0) {
        throw problem('consent-not-asked', {
          detail: 'This customer has nobody who could consent now. Ask whoever runs this portal.',
        })
      }
      await addConsentRequest(tx, asked.partnershipId, caller.personId)
      const partner = await companyById(tx, id)
      if (partner === null) throw new Error('a member belongs to a company that is not there')
      const link = {
        url: `${context.config.url}/administration/subscriptions`,
        expiresAt: new Date(context.clock.now().getTime() + linkDays * dayMs).toISOString(),
      }
      const facts = {
        partner: partner.name,
        by: whoActs(caller),
        ...(partner.contactEmail === undefined ? {} : { contactEmail: partner.contactEmail }),
      }
      await queueMails(context, tx, consentRequestedMail, administrators, { companyId: organization, facts, link })
      const [customer] = await customersOf(tx, id, organization)
      if (customer === undefined) throw problem('not-found')
      return customer
    }),
})
