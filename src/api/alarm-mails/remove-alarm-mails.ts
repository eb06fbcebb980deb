import { managementOperation } from '../../http/management.ts'
import { endAlarmMails } from '../../store/alarm-mails.ts'
import { access } from '../access.ts'

export const removeAlarmMails = managementOperation({
  operationId: 'removeAlarmMails',
  method: 'DELETE',
  path: '/alarm-mails',
  tag: 'alarms',
  summary: 'Be told of alarms by mail no longer',
  access: access.removeAlarmMails,
  answer: { status: 204 },
  handle: async ({ context, caller }) => {
    await context.db.transaction('request', caller.actor, (tx) => endAlarmMails(tx, caller.memberId as string))
    return undefined
  },
})
