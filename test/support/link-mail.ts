import { z } from 'zod'
import type { Context } from '../../src/context.ts'
import { message, type NamedMessage } from '../../src/email/message.ts'
import { messages } from '../../src/email/messages.ts'
import { queueMail } from '../../src/mail.ts'

/** A message of the tests alone: whatever a mail says, and that it may have a link. */
export const testMessage = message({
  name: 'of-a-test',
  facts: z.object({ name: z.string() }),
  compose: ({ name }) => ({ subject: `About ${name}`, before: ['Here it is.'], button: 'Open' }),
})
;(messages as Map<string, NamedMessage>).set(testMessage.name, testMessage)

export const testLink = 'https://portal.example/join#secret'

/** Queues a mail with a link to this address. */
export async function queueLinkMail(context: Context, recipient: string, expiresAt: string): Promise<void> {
  await context.db.transaction('request', { kind: 'system' }, (tx) =>
    queueMail(context, tx, testMessage, {
      companyId: null,
      recipient,
      facts: { name: 'a link' },
      link: { url: testLink, expiresAt },
    }),
  )
}
