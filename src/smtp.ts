import type { Mailbox, SmtpServer } from './mail-settings.ts'

/** Of a conversation's parts. All of it has a bound of its own (`signal`). */
const connectWithinMs = 15_000
const answerWithinMs = 30_000
const errorLengthMax = 300

/** One mail, as it goes out. */
export interface OutgoingMail {
  messageId: string
  from: Mailbox
  to: string
  subject: string
  text: string
  html: string
  date: Date
  /** Where a mail program stops mails of this kind, by one POST (RFC 8058); null: it is not one of many. */
  oneClickStop: string | null
}

/** What became of it. `refused`: for good; `failed`: another attempt may succeed. `error` is for whoever runs this server. */
export type Outcome = { state: 'sent' } | { state: 'refused' | 'failed'; error: string }

export type Send = (mail: OutgoingMail, signal: AbortSignal) => Promise<Outcome>

/**
 * How mails are handed to the operator's mail server: the one host that the server asks without a guard, since its operator names it.
 * Where TLS is optional its certificate is not looked at either: whoever is in the way could as well keep TLS from being used.
 */
export function smtpSend(server: SmtpServer): Send {
  // Loaded where there is a mail server alone: without one it is memory for nothing.
  const transport = import('nodemailer').then(({ createTransport }) =>
    createTransport({
      host: server.host,
      port: server.port,
      secure: server.tls === 'implicit',
      requireTLS: server.tls === 'required',
      tls: { rejectUnauthorized: server.tls !== 'optional' },
      ...(server.signIn === undefined ? {} : { auth: { user: server.signIn.user, pass: server.signIn.password } }),
      connectionTimeout: connectWithinMs,
      dnsTimeout: connectWithinMs,
      greetingTimeout: answerWithinMs,
      socketTimeout: answerWithinMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    }),
  )
  return async (mail, signal) => {
    try {
      await (await transport).sendMail({
        messageId: mail.messageId,
        // As parts: a name is never read as addresses, and the library takes line breaks out.
        from: { name: mail.from.name ?? '', address: mail.from.address },
        to: { name: '', address: mail.to },
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        date: mail.date,
        headers: {
          'Auto-Submitted': 'auto-generated',
          ...(mail.oneClickStop === null
            ? {}
            : { 'List-Unsubscribe': `<${mail.oneClickStop}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
        },
        signal,
      })
      return { state: 'sent' }
    } catch (error) {
      return failure(error as Error & { command?: string; responseCode?: number; code?: string })
    }
  }
}

/**
 * Only what the server says to the recipient or to the message itself is about this mail. A sign-in or a sender that it refuses is about
 * the settings, which somebody may mend meanwhile.
 */
function failure(error: Error & { command?: string; responseCode?: number; code?: string }): Outcome {
  const aboutThisMail =
    error.command === 'RCPT TO' || error.command === 'DATA' || (error.code === 'EENVELOPE' && error.command === 'API')
  const forGood = aboutThisMail && (error.responseCode === undefined || error.responseCode >= 500)
  const said = error.message.replaceAll(/\s+/g, ' ').slice(0, errorLengthMax)
  return { state: forGood ? 'refused' : 'failed', error: said }
}
