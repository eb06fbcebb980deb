import { z } from 'zod'
import { memberToStop } from '../../domain/alarm-mails.ts'
import { managementOperation } from '../../http/management.ts'
import { endAlarmMails } from '../../store/alarm-mails.ts'
import { access } from '../access.ts'

export const stopAlarmMails = managementOperation({
  operationId: 'stopAlarmMails',
  method: 'POST',
  path: '/alarm-mails/stops',
  tag: 'alarms',
  summary: 'Stop the mails about alarms, by what stands in one',
  description:
    "For whoever reads such a mail, without a sign-in, and for mail programs (RFC 8058: the mail's header List-Unsubscribe names this). The answer is the same " +
    'whatever the token is.',
  access: access.stopAlarmMails,
  query: z.object({ token: z.string().max(300).optional() }),
  formBody: true,
  answer: { status: 204 },
  handle: async ({ context, query, request }) => {
    const member = query.token === undefined ? null : memberToStop(query.token, context.secrets)
    if (member !== null) {
      const actor = { kind: 'finder', address: request.ip } as const
      await context.db.transaction('request', actor, (tx) => endAlarmMails(tx, member))
    }
    return undefined
  },
})
