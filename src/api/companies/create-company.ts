import { z } from 'zod'
import { company, companyAddress, companyEmail, companyName, companyPhone, partnerId } from '../../domain/company.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { companyById, createCompany as insertCompany } from '../../store/companies.ts'
import { access } from '../access.ts'

export const createCompany = managementOperation({
  operationId: 'createCompany',
  method: 'POST',
  path: '/companies',
  tag: 'companies',
  summary: 'Create a partner or a customer',
  access: access.createCompany,
  body: z.strictObject({
    kind: z.enum(['partner', 'customer']),
    name: companyName,
    partnerId: partnerId.optional().describe("A partner's; absent: made of the name."),
    address: companyAddress.optional(),
    contactEmail: companyEmail.optional(),
    contactPhone: companyPhone.optional(),
  }),
  answer: { status: 201, schema: company },
  problems: ['partner-id-taken'],
  handle: async ({ context, caller, body }) => {
    if (body.kind === 'customer' && body.partnerId !== undefined) {
      throw problem('request-malformed', { detail: 'body.partnerId: a customer has none' })
    }
    return context.db.transaction('request', caller.actor, async (tx) => {
      const id = await insertCompany(tx, body)
      const made = id === null ? null : await companyById(tx, id)
      if (made === null) throw problem('partner-id-taken')
      return made
    })
  },
})
