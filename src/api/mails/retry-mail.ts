import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { mailById, retryMail as makeDue } from '../../store/mails.ts'
import { access } from '../access.ts'

export const retryMail = managementOperation({
  operationId: 'retryMail',
  method: 'POST',
  path: '/mails/{mailId}/retry',
  tag: 'mails',
  summary: 'Try a mail again that was given up',
  description: 'It is due at once, and then as often as a new one. One that waits already stays as it is.',
  access: access.retryMail,
  params: z.object({ mailId: givenId }),
  answer: { status: 204 },
  problems: ['not-found', 'mail-not-retried'],
  handle: async ({ context, caller, params }) => {
    const id = idFrom(params.mailId)
    const row = await mailById(context.db.request, id)
    if (row === null) throw problem('not-found')
    if (row.state === 'due') return undefined
    // No request may write what was mailed: the job's part of the table is the system's.
    if (!(await context.db.transaction('system', caller.actor, (tx) => makeDue(tx, id)))) throw problem('mail-not-retried')
    return undefined
  },
})
