import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import { until } from './own-process.ts'

/** A mail that the server took, or has read and not answered (mode `silent`). */
export interface ReceivedMail {
  /** Whom the sender named to the server. */
  to: string
  from: string
  subject: string
  messageId: string
  text: string
  html: string
  /** Where its button leads: none, or one. */
  links: string[]
  parsed: ParsedMail
  raw: string
}

/**
 * How it answers: `accept`; `refuse` for good, or `defer`, at the recipient; `refuse message` for good at its end; `refuse sender`;
 * `silent`: it reads the whole mail and never answers.
 */
export type SmtpMode = 'accept' | 'refuse' | 'defer' | 'refuse message' | 'refuse sender' | 'silent'

export interface SmtpOfTest {
  url: string
  /** Those with which a server of ours sends its mails here. */
  flags: string[]
  /** All mails that were taken, in their order. */
  received: ReceivedMail[]
  /** Of conversations that came as far as a recipient, whatever became of them. */
  attempts: number
  be(mode: SmtpMode): void
  /** The first mail to this address, with this in its subject, that was not handed out before. Waits for it, with a bound. */
  mailTo(address: string, subject?: string | RegExp): Promise<ReceivedMail>
  /** Ends conversations under way as well. */
  close(): Promise<void>
}

export interface SmtpOptions {
  /** Whom it lets sign in; nobody else may send. */
  signIn?: { user: string; password: string }
  /** Without it, STARTTLS is offered, with a certificate that nobody knows. */
  withoutTls?: boolean
  /** What stands in the address's query. */
  query?: string
}

export const mailFrom = 'Exchange <no-reply@exchange.example>'

const arrivesWithinMs = 30_000

/** A real SMTP server in this process, on a free port. */
export async function startSmtp(options: SmtpOptions = {}): Promise<SmtpOfTest> {
  const { signIn } = options
  const received: ReceivedMail[] = []
  const handedOut = new Set<ReceivedMail>()
  let mode: SmtpMode = 'accept'

  const server = new SMTPServer({
    authOptional: signIn === undefined,
    disabledCommands: options.withoutTls ? ['STARTTLS'] : [],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 0,
    onAuth: ({ username, password }, _, callback) => {
      if (username === signIn?.user && password === signIn?.password) return callback(null, { user: username })
      callback(answer(535, 'Not you'))
    },
    onMailFrom: (_, __, callback) => callback(mode === 'refuse sender' ? answer(550, 'Sender not allowed') : null),
    onRcptTo: (_, __, callback) => {
      smtp.attempts += 1
      callback(mode === 'refuse' ? answer(550, 'No such mailbox') : mode === 'defer' ? answer(451, 'Try again later') : null)
    },
    onData: (stream, session, callback) => {
      void read(stream, session).then((mail) => {
        if (mode === 'refuse message') return callback(answer(554, 'Looks like spam'))
        received.push(mail)
        if (mode !== 'silent') callback()
      }, callback)
    },
  })
  // A conversation that a test cuts off.
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.server.address() as AddressInfo
  const account = signIn === undefined ? '' : `${encodeURIComponent(signIn.user)}:${encodeURIComponent(signIn.password)}@`
  const url = `smtp://${account}127.0.0.1:${port}${options.query ?? ''}`

  const smtp: SmtpOfTest = {
    url,
    flags: ['--smtp-url', url, '--mail-from', mailFrom],
    received,
    attempts: 0,
    be: (next) => {
      mode = next
    },
    mailTo: async (address, subject = '') => {
      const wanted = (mail: ReceivedMail) =>
        !handedOut.has(mail) &&
        mail.to === address &&
        (typeof subject === 'string' ? mail.subject.includes(subject) : subject.test(mail.subject))
      const mail = await until(`a mail to ${address} about "${subject}"`, async () => received.find(wanted), arrivesWithinMs)
      handedOut.add(mail)
      return mail
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return smtp
}

function answer(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode })
}

async function read(stream: AsyncIterable<Buffer>, session: SMTPServerSession): Promise<ReceivedMail> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  const raw = Buffer.concat(chunks)
  const parsed = await simpleParser(raw)
  const html = parsed.html || ''
  const from = session.envelope.mailFrom
  return {
    to: session.envelope.rcptTo.map(({ address }) => address).join(', '),
    from: from === false ? '' : from.address,
    subject: parsed.subject ?? '',
    messageId: parsed.messageId ?? '',
    text: parsed.text ?? '',
    html,
    links: [...html.matchAll(/<a href="([^"]+)" style="display:inline-block/g)].map(([, link = '']) => unescaped(link)),
    parsed,
    raw: raw.toString('latin1'),
  }
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}
