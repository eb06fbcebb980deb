import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { mail } from '../../domain/mail.ts'
import { givenId } from '../../domain/text.ts'
import { wholeNumber } from '../../domain/whole-number.ts'
import { managementOperation } from '../../http/management.ts'
import { mailsBefore } from '../../store/mails.ts'
import { access } from '../access.ts'
import { toldMail } from './told-mail.ts'

const limitDefault = 50
const limitMax = 200

export const listMails = managementOperation({
  operationId: 'listMails',
  method: 'GET',
  path: '/mails',
  tag: 'mails',
  summary: 'The mails of the last 30 days, the newest first',
  access: access.listMails,
  query: z.object({
    before: givenId.optional().describe('Only those behind this one: what came as "next".'),
    limit: wholeNumber(1, limitMax).default(limitDefault),
  }),
  answer: {
    status: 200,
    schema: z.object({
      mails: z.array(mail),
      next: z.string().optional().describe('Where there may be more: what to give as "before" next.'),
      sends: z.boolean().describe('Whether there is a mail server to send them to.'),
    }),
  },
  handle: async ({ context, query: { before, limit } }) => {
    const rows = await mailsBefore(context.db.request, before === undefined ? null : idFrom(before), limit)
    const last = rows.at(-1)
    return {
      mails: rows.map((row) => toldMail(context, row, null).told),
      ...(rows.length === limit && last ? { next: last.id } : {}),
      sends: context.config.mail !== undefined,
    }
  },
})
