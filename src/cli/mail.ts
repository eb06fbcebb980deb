import { answered, command, given, wholeNumber } from './command.ts'
import { record, table } from './show.ts'

const limitMax = 200

const mailList = command({
  name: 'mail list',
  summary: 'Mails of the last 30 days, the newest first (for the vendor)',
  options: { before: { type: 'string' }, limit: { type: 'string', default: '50' } },
  help: { before: 'Begin behind the mail of this id', limit: `How many at most, 1 to ${limitMax} (default: 50)` },
  run: async ({ client, values }) => {
    const query = { ...given({ before: values.before }), limit: wholeNumber(values.limit, 1, limitMax, '--limit') }
    const { mails } = answered(await client.GET('/api/v1/mails', { params: { query } }))
    const columns = ['id', 'createdAt', 'state', 'recipient', 'subject', 'attempts', 'lastError']
    return { json: mails, text: table(mails, columns, 'There are no mails.') }
  },
})

const mailShow = command({
  name: 'mail show',
  summary: 'A mail as its recipient reads it, without its link (for the vendor)',
  args: ['MAIL'],
  run: async ({ client, args: [mailId = ''] }) => {
    const mail = answered(await client.GET('/api/v1/mails/{mailId}', { params: { path: { mailId } } }))
    const { text, html, linkWithheld, ...facts } = mail
    // A name that somebody gave must not steer the terminal.
    const words = text.replaceAll(/(?!\n)\p{Cc}/gu, ' ')
    return { json: mail, text: `${record(facts)}\n\n${words}` }
  },
})

const mailRetry = command({
  name: 'mail retry',
  summary: 'Try a mail again that was given up (for the vendor)',
  args: ['MAIL'],
  run: async ({ client, args: [mailId = ''] }) => {
    answered(await client.POST('/api/v1/mails/{mailId}/retry', { params: { path: { mailId } } }))
    return { json: {}, text: 'It is tried again.' }
  },
})

export const mailCommands = [mailList, mailShow, mailRetry]
