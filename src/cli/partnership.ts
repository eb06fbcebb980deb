import { answered, command } from './command.ts'
import { record, table } from './show.ts'

const partnershipList = command({
  name: 'partnership list',
  summary: 'Which customers and partners are connected (for the vendor)',
  run: async ({ client }) => {
    const { partnerships } = answered(await client.GET('/api/v1/partnerships'))
    const rows = partnerships.map((one) => ({
      ...one,
      customer: one.customer.name,
      partner: one.partner.name,
      partnerId: one.partner.partnerId,
      consent: one.consent?.givenAt ?? 'none',
    }))
    return {
      json: partnerships,
      text: table(rows, ['id', 'customer', 'partner', 'partnerId', 'connectedAt', 'consent'], 'Nobody is connected.'),
    }
  },
})

const partnershipConnect = command({
  name: 'partnership connect',
  summary: 'Connect a customer and a partner',
  args: ['CUSTOMER', 'PARTNER_ID'],
  run: async ({ client, args: [customerId = '', partnerId = ''] }) => {
    const made = answered(await client.POST('/api/v1/partnerships', { body: { customerId, partnerId } }))
    return { json: made, text: record(made) }
  },
})

const partnershipDisconnect = command({
  name: 'partnership disconnect',
  summary: 'Disconnect them: the consent ends for good',
  args: ['PARTNERSHIP'],
  run: async ({ client, args: [partnershipId = ''] }) => {
    answered(await client.DELETE('/api/v1/partnerships/{partnershipId}', { params: { path: { partnershipId } } }))
    return { json: {}, text: 'Disconnected.' }
  },
})

const partnerList = command({
  name: 'partner list',
  summary: 'The partners of your company, each with the consent given to it (for a customer)',
  run: async ({ client }) => {
    const { partners } = answered(await client.GET('/api/v1/partners'))
    const rows = partners.map((one) => ({ ...one, consent: one.consent?.givenAt ?? 'none', kinds: one.consent?.kinds }))
    return {
      json: partners,
      text: table(rows, ['partnershipId', 'name', 'partnerId', 'connectedAt', 'consent', 'kinds'], 'You have no partner.'),
    }
  },
})

export const partnershipCommands = [partnershipList, partnershipConnect, partnershipDisconnect, partnerList]
