import { answered, command, oneOf } from './command.ts'
import { record } from './show.ts'

const dataKinds = ['inventory', 'alarms', 'sensors'] as const

const consentGive = command({
  name: 'consent give',
  summary: 'Let the partner read device data (for a customer)',
  args: ['PARTNERSHIP'],
  options: { kinds: { type: 'string' } },
  help: { kinds: `Which, with commas: ${dataKinds.join(',')} (default: those of the present consent, else all)` },
  run: async ({ client, args: [partnershipId = ''], values }) => {
    const shared = values.kinds?.split(',').map((kind) => oneOf(kind.trim(), dataKinds, '--kinds'))
    const kinds = shared && {
      inventory: shared.includes('inventory'),
      alarms: shared.includes('alarms'),
      sensors: shared.includes('sensors'),
    }
    const consent = answered(
      await client.PUT('/api/v1/partnerships/{partnershipId}/consent', {
        params: { path: { partnershipId } },
        body: kinds === undefined ? {} : { kinds },
      }),
    )
    return { json: consent, text: record(consent) }
  },
})

const consentWithdraw = command({
  name: 'consent withdraw',
  summary: 'Withdraw it: from the answer on, the partner reads nothing (for a customer)',
  args: ['PARTNERSHIP'],
  run: async ({ client, args: [partnershipId = ''] }) => {
    answered(await client.DELETE('/api/v1/partnerships/{partnershipId}/consent', { params: { path: { partnershipId } } }))
    return { json: {}, text: 'Withdrawn.' }
  },
})

export const consentCommands = [consentGive, consentWithdraw]
