import { alarmMails, givenAlarmMails } from '../../domain/alarm-mails.ts'
import { managementOperation } from '../../http/management.ts'
import { chooseAlarmMails } from '../../store/alarm-mails.ts'
import { access } from '../access.ts'

export const setAlarmMails = managementOperation({
  operationId: 'setAlarmMails',
  method: 'PUT',
  path: '/alarm-mails',
  tag: 'alarms',
  summary: 'Be told of alarms by mail',
  description:
    "Of a customer's member its own, of a partner's those of valid customers that share alarms: asked when a mail is written. Alarms are told that become " +
    'active, or as bad as chosen, from now on; several in one mail, and at most one mail in five minutes.',
  access: access.setAlarmMails,
  body: givenAlarmMails,
  answer: { status: 200, schema: alarmMails },
  handle: async ({ context, caller, body }) => {
    await context.db.transaction('request', caller.actor, (tx) => chooseAlarmMails(tx, caller.memberId as string, body))
    return body
  },
})
