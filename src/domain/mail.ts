import { z } from 'zod'
import { instant } from './text.ts'

export const mailStates = ['kept', 'waiting', 'sent', 'failed'] as const

export const mail = z
  .object({
    id: z.string(),
    recipient: z.string(),
    language: z.string().describe('In which it is written, by its code: the one in which its recipient reads.'),
    subject: z.string(),
    companyId: z.string().optional().describe('Whom it is about. Absent: a person without a company.'),
    companyName: z.string().optional(),
    state: z
      .enum(mailStates)
      .describe(
        'kept: there is no mail server to send it to; waiting: it is tried, again where it failed; failed: it was given up.',
      ),
    createdAt: instant,
    attempts: z.int(),
    nextAttemptAt: instant.optional().describe('Of one that waits.'),
    sentAt: instant.optional(),
    lastError: z.string().optional().describe('Why the last attempt failed, as the mail server said it.'),
  })
  .meta({ id: 'Mail', description: 'A mail of this installation to one person.' })
export type Mail = z.infer<typeof mail>

export const mailInFull = mail
  .extend({
    text: z.string(),
    html: z.string(),
    linkWithheld: z
      .boolean()
      .describe('Whether words such as "(link withheld)" stand where a link would: it is for its recipient alone, or gone.'),
  })
  .meta({ id: 'MailInFull', description: 'A mail as its recipient reads it.' })
