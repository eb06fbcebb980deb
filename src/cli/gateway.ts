import { answered, command } from './command.ts'
import { secret, table } from './show.ts'

const gatewayList = command({
  name: 'gateway list',
  summary: "Your company's gateways (for a customer)",
  run: async ({ client }) => {
    const { gateways } = answered(await client.GET('/api/v1/gateways'))
    return {
      json: gateways,
      text: table(
        gateways,
        ['id', 'name', 'devices', 'silent', 'lastContactAt', 'waitingBytes', 'version', 'createdAt'],
        'There are no gateways.',
      ),
    }
  },
})

const gatewayCreate = command({
  name: 'gateway create',
  summary: 'Add a gateway (for a customer)',
  args: ['NAME'],
  run: async ({ client, args: [name = ''] }) => {
    const made = answered(await client.POST('/api/v1/gateways', { body: { name } }))
    return { json: made, text: secret(`The token of gateway ${made.gateway.id}, for its configuration.`, made.token) }
  },
})

const gatewayReplaceToken = command({
  name: 'gateway replace-token',
  summary: 'A new token for it; the former one is refused at once (for a customer)',
  args: ['GATEWAY'],
  run: async ({ client, args: [gatewayId = ''] }) => {
    const made = answered(await client.POST('/api/v1/gateways/{gatewayId}/token', { params: { path: { gatewayId } } }))
    return { json: made, text: secret(`The new token of gateway ${gatewayId}, for its configuration.`, made.token) }
  },
})

const gatewayRemove = command({
  name: 'gateway remove',
  summary: 'End its token; what it reported stays (for a customer)',
  args: ['GATEWAY'],
  run: async ({ client, args: [gatewayId = ''] }) => {
    answered(await client.DELETE('/api/v1/gateways/{gatewayId}', { params: { path: { gatewayId } } }))
    return { json: {}, text: 'Removed.' }
  },
})

export const gatewayCommands = [gatewayList, gatewayCreate, gatewayReplaceToken, gatewayRemove]
