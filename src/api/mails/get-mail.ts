import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { mailInFull } from '../../domain/mail.ts'
import { givenId } from '../../domain/text.ts'
import { frameIn } from '../../email/translations.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { linkOfMail } from '../../mail.ts'
import { mailById } from '../../store/mails.ts'
import { access } from '../access.ts'
import { toldMail } from './told-mail.ts'

export const getMail = managementOperation({
  operationId: 'getMail',
  method: 'GET',
  path: '/mails/{mailId}',
  tag: 'mails',
  summary: 'A mail as its recipient reads it',
  description: 'Without its link, which is for the recipient alone. In the world to try, where nobody else is, with it.',
  access: access.getMail,
  params: z.object({ mailId: givenId }),
  answer: { status: 200, schema: mailInFull },
  problems: ['not-found'],
  handle: async ({ context, params }) => {
    const row = await mailById(context.db.request, idFrom(params.mailId))
    if (row === null) throw problem('not-found')
    const link = context.isWorldToTry ? linkOfMail(row, context.secrets) : null
    const { told, rendered } = toldMail(context, row, link)
    const { text = '', html = '' } = rendered ?? {}
    return { ...told, text, html, linkWithheld: text.includes(frameIn(row.language).linkWithheld) }
  },
})
