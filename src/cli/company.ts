import { answered, command, given, oneOf } from './command.ts'
import { record, secret, table } from './show.ts'

const roles = ['administrator', 'operator', 'editor', 'viewer'] as const

const detailOptions = {
  address: { type: 'string' },
  'contact-email': { type: 'string' },
  'contact-phone': { type: 'string' },
} as const

const detailHelp = {
  address: 'Postal address',
  'contact-email': 'Email address for customers',
  'contact-phone': 'Telephone for customers',
}

const companyList = command({
  name: 'company list',
  summary: 'All companies, by name',
  run: async ({ client }) => {
    const { companies } = answered(await client.GET('/api/v1/companies'))
    const rows = companies.map((one) => ({ ...one, subscription: one.subscription?.state, suspended: one.suspendedAt }))
    return {
      json: companies,
      text: table(rows, ['id', 'kind', 'name', 'partnerId', 'subscription', 'suspended'], 'There are no companies.'),
    }
  },
})

const companyCreate = command({
  name: 'company create',
  summary: 'Create a partner or a customer',
  args: ['KIND', 'NAME'],
  options: { ...detailOptions, 'partner-id': { type: 'string' } },
  help: { ...detailHelp, 'partner-id': 'The Partner ID of a partner (default: made of the name)' },
  run: async ({ client, args: [kind = '', name = ''], values }) => {
    const body = {
      kind: oneOf(kind, ['partner', 'customer'], 'KIND'),
      name,
      ...given({
        partnerId: values['partner-id'],
        address: values.address,
        contactEmail: values['contact-email'],
        contactPhone: values['contact-phone'],
      }),
    }
    const company = answered(await client.POST('/api/v1/companies', { body }))
    return { json: company, text: record(company) }
  },
})

const companyShow = command({
  name: 'company show',
  summary: 'A company',
  args: ['COMPANY'],
  run: async ({ client, args: [companyId = ''] }) => {
    const company = answered(await client.GET('/api/v1/companies/{companyId}', { params: { path: { companyId } } }))
    return { json: company, text: record(company) }
  },
})

const companyUpdate = command({
  name: 'company update',
  summary: 'Change a company; an empty text takes the address or contact away',
  args: ['COMPANY'],
  options: { ...detailOptions, name: { type: 'string' } },
  help: { ...detailHelp, name: 'Its new name' },
  run: async ({ client, args: [companyId = ''], values }) => {
    const emptied = (text: string | undefined) => (text === '' ? null : text)
    const body = given({
      name: values.name,
      address: emptied(values.address),
      contactEmail: emptied(values['contact-email']),
      contactPhone: emptied(values['contact-phone']),
    })
    const company = answered(await client.PATCH('/api/v1/companies/{companyId}', { params: { path: { companyId } }, body }))
    return { json: company, text: record(company) }
  },
})

const companySuspend = command({
  name: 'company suspend',
  summary: 'Refuse its people, keys and tokens from now on',
  args: ['COMPANY'],
  run: async ({ client, args: [companyId = ''] }) => {
    answered(await client.PUT('/api/v1/companies/{companyId}/suspension', { params: { path: { companyId } } }))
    return { json: {}, text: 'Suspended.' }
  },
})

const companyResume = command({
  name: 'company resume',
  summary: 'End its suspension',
  args: ['COMPANY'],
  run: async ({ client, args: [companyId = ''] }) => {
    answered(await client.DELETE('/api/v1/companies/{companyId}/suspension', { params: { path: { companyId } } }))
    return { json: {}, text: 'Resumed.' }
  },
})

const companySetupLink = command({
  name: 'company setup-link',
  summary: 'A link that lets one person make an account in it, once',
  args: ['COMPANY', 'EMAIL'],
  options: { role: { type: 'string', default: 'administrator' } },
  help: { role: `${roles.join(', ')} (default: administrator)` },
  run: async ({ client, args: [companyId = '', email = ''], values }) => {
    const body = { role: oneOf(values.role, roles, '--role'), email }
    const link = answered(
      await client.POST('/api/v1/companies/{companyId}/setup-links', { params: { path: { companyId } }, body }),
    )
    return { json: link, text: secret(`A link that can be used once, until ${link.expiresAt}.`, link.url) }
  },
})

export const companyCommands = [
  companyList,
  companyCreate,
  companyShow,
  companyUpdate,
  companySuspend,
  companyResume,
  companySetupLink,
]
