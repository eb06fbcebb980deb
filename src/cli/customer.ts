import { answered, command, given } from './command.ts'
import { record, table } from './show.ts'

const customerList = command({
  name: 'customer list',
  summary: 'The customers of your company: which are valid, and if not, why (for a partner)',
  run: async ({ client }) => {
    const { customers } = answered(await client.GET('/api/v1/customers'))
    return {
      json: customers,
      text: table(customers, ['organizationId', 'label', 'state', 'connectedAt', 'subscriptionEndsAt'], 'You have no customer.'),
    }
  },
})

const customerInvite = command({
  name: 'customer invite',
  summary: 'Invite an organization by mail to become a customer (for a partner)',
  args: ['NAME', 'EMAIL'],
  options: { address: { type: 'string' } },
  help: { address: 'Its postal address' },
  run: async ({ client, args: [organizationName = '', email = ''], values }) => {
    const body = { organizationName, email, ...given({ address: values.address }) }
    const made = answered(await client.POST('/api/v1/customer-invitations', { body }))
    return { json: made, text: record(made) }
  },
})

const customerInvitations = command({
  name: 'customer invitations',
  summary: 'Whom your company has invited, and who has not joined yet',
  run: async ({ client }) => {
    const { invitations } = answered(await client.GET('/api/v1/customer-invitations'))
    return {
      json: invitations,
      text: table(
        invitations,
        ['id', 'organizationName', 'email', 'state', 'sentAt', 'expiresAt'],
        'There is no open invitation.',
      ),
    }
  },
})

const customerResend = command({
  name: 'customer resend',
  summary: 'Send an invitation again: the link before is refused from then on',
  args: ['INVITATION'],
  run: async ({ client, args: [invitationId = ''] }) => {
    const params = { path: { invitationId } }
    const sent = answered(await client.POST('/api/v1/customer-invitations/{invitationId}/sending', { params }))
    return { json: sent, text: record(sent) }
  },
})

const customerRevoke = command({
  name: 'customer revoke',
  summary: 'Revoke an invitation: its link is refused at once',
  args: ['INVITATION'],
  run: async ({ client, args: [invitationId = ''] }) => {
    answered(await client.DELETE('/api/v1/customer-invitations/{invitationId}', { params: { path: { invitationId } } }))
    return { json: {}, text: 'Revoked.' }
  },
})

export const customerCommands = [customerList, customerInvite, customerInvitations, customerResend, customerRevoke]
