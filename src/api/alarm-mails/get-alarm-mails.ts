import { z } from 'zod'
import { alarmMails } from '../../domain/alarm-mails.ts'
import { managementOperation } from '../../http/management.ts'
import { alarmMailsOf } from '../../store/alarm-mails.ts'
import { access } from '../access.ts'

export const getAlarmMails = managementOperation({
  operationId: 'getAlarmMails',
  method: 'GET',
  path: '/alarm-mails',
  tag: 'alarms',
  summary: 'Of which alarms you are told by mail',
  access: access.getAlarmMails,
  answer: { status: 200, schema: z.object({ alarmMails: alarmMails.optional().describe('Absent: of none.') }) },
  handle: async ({ context, caller }) => {
    const chosen = await alarmMailsOf(context.db.request, caller.memberId as string)
    return chosen === null ? {} : { alarmMails: chosen }
  },
})
