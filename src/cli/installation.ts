import { answered, command, given, oneOf, wholeNumber } from './command.ts'
import { record } from './show.ts'

const invitationDaysMax = 30
const trialDaysMax = 365
const accessDaysMin = 30
const accessDaysMax = 3650

const installationShow = command({
  name: 'installation show',
  summary: 'What holds for every company: invitations, trials (for the vendor)',
  run: async ({ client }) => {
    const settings = answered(await client.GET('/api/v1/installation'))
    return { json: settings, text: record(settings) }
  },
})

const installationSet = command({
  name: 'installation set',
  summary: 'Change it, for what is made from now on (for the vendor)',
  options: {
    'invitation-days': { type: 'string' },
    'invitation-approval': { type: 'string' },
    'trial-days': { type: 'string' },
    'access-days': { type: 'string' },
  },
  help: {
    'invitation-days': `For how many days an invitation's link is good, 1 to ${invitationDaysMax}`,
    'invitation-approval': 'Whether an administrator must approve what another member invites: yes or no',
    'trial-days': `How many days a trial lasts, 1 to ${trialDaysMax}`,
    'access-days': `For how many days the history of accesses is kept, ${accessDaysMin} to ${accessDaysMax}`,
  },
  run: async ({ client, values }) => {
    const days = (text: string | undefined, max: number, where: string, min = 1) =>
      text === undefined ? undefined : wholeNumber(text, min, max, where)
    const approval = values['invitation-approval']
    const body = given({
      invitationDays: days(values['invitation-days'], invitationDaysMax, '--invitation-days'),
      invitationApproval: approval === undefined ? undefined : oneOf(approval, ['yes', 'no'], '--invitation-approval') === 'yes',
      trialDays: days(values['trial-days'], trialDaysMax, '--trial-days'),
      accessDays: days(values['access-days'], accessDaysMax, '--access-days', accessDaysMin),
    })
    const settings = answered(await client.PATCH('/api/v1/installation', { body }))
    return { json: settings, text: record(settings) }
  },
})

export const installationCommands = [installationShow, installationSet]
