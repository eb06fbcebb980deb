import { answered, command, given, oneOf } from './command.ts'
import { record } from './show.ts'

const dataKinds = ['inventory', 'alarms', 'sensors'] as const

const consentGive = command({
  name: 'consent give',
  summary: 'Let the partner read device data (for a customer)',
  args: ['PARTNERSHIP'],
  options: { kinds: { type: 'string' }, 'ends-at': { type: 'string' } },
  help: {
    kinds: `Which, with commas: ${dataKinds.join(',')} (default: those of the present consent, else all)`,
    'ends-at':
      'The first moment that it does not hold, such as 2027-01-01T00:00:00Z, or "never" (default: that of the present consent, else never)',
  },
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
        body: given({ kinds, endsAt: values['ends-at'] === 'never' ? null : values['ends-at'] }),
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
